//! A small kind of resources for tests of catalogue and assessment that need no AWS.

use std::sync::OnceLock;

use evidence::model::kind::FactGroup;
use evidence::model::{Fact, Instant, Kind, KindScope, OpenMap};
use schemars::JsonSchema;
use serde::Serialize;

/// A box: every shape of fact there is.
#[derive(Clone, Serialize, JsonSchema)]
pub struct BoxFacts {
    /// Its kind.
    pub kind: Fact<String>,
    /// Whether it is locked.
    pub locked: Fact<bool>,
    /// Age.
    pub age_days: Fact<i64>,
    /// Who owns it, if set.
    pub owner: Fact<Option<String>>,
    /// When it was made.
    pub created: Fact<Instant>,
    /// When it was last opened, if ever.
    pub opened: Fact<Option<Instant>>,
    /// Tags.
    pub tags: Fact<OpenMap<String>>,
    /// What is in it.
    pub items: Fact<Vec<ItemFacts>>,
    /// Words on it.
    pub words: Fact<Vec<String>>,
    /// The room.
    pub room: Fact<RoomFacts>,
    /// The lock, if any.
    pub lock: Fact<Option<LockFacts>>,
    /// Id of the room, for `find`.
    pub room_id: Fact<Option<String>>,
}

/// Something in a box.
#[derive(Clone, Serialize, JsonSchema)]
pub struct ItemFacts {
    /// Its name.
    pub name: Fact<String>,
    /// Its weight, if known.
    pub weight: Fact<Option<i64>>,
}

/// A room.
#[derive(Clone, Serialize, JsonSchema)]
pub struct RoomFacts {
    /// Its name.
    pub name: Fact<String>,
    /// Whether it is open.
    pub open: Fact<bool>,
}

/// A lock.
#[derive(Clone, Serialize, JsonSchema)]
pub struct LockFacts {
    /// Its model.
    pub model: Fact<String>,
}

/// The kinds: boxes per Region, rooms per account.
pub fn kinds() -> &'static [Kind] {
    static KINDS: OnceLock<Vec<Kind>> = OnceLock::new();
    KINDS.get_or_init(|| {
        vec![
            Kind {
                name: "Test::Box",
                scope: KindScope::Regional,
                singleton: false,
                id_grammar: "arn:{partition}:test:{region}:{account}:box/{name}",
                schema: || schemars::schema_for!(BoxFacts),
                groups: &[
                    FactGroup { facts: &[], operations: &[("Test", "ListBoxes")] },
                    FactGroup { facts: &["lock"], operations: &[("Test", "GetLock")] },
                    FactGroup { facts: &["tags"], operations: &[("Test", "ListTags")] },
                ],
            },
            Kind {
                name: "Test::Room",
                scope: KindScope::Global,
                singleton: false,
                id_grammar: "arn:{partition}:test::{account}:room/{name}",
                schema: || schemars::schema_for!(RoomFacts),
                groups: &[FactGroup { facts: &[], operations: &[("Test", "ListRooms")] }],
            },
        ]
    })
}
