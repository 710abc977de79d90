//! Facts of KMS's kind. Member names are the KMS API's in snake case; named facts say how they are computed.

use schemars::JsonSchema;
use serde::Serialize;

use crate::collect::resource_policy::ResourcePolicy;
use crate::model::{Fact, Instant};

/// `AWS::KMS::Key`: a key, whoever manages it; a replica of a multi-Region key is a key of its own Region.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Key {
    /// `KeyId`.
    pub key_id: Fact<String>,
    /// `Arn`.
    pub arn: Fact<String>,
    /// `KeyManager`: `CUSTOMER`, or `AWS` for a key that an AWS service made and keeps.
    pub key_manager: Fact<String>,
    /// `KeyState`: `Enabled`, `Disabled`, `PendingDeletion`, `PendingReplicaDeletion`, `PendingImport`, `Unavailable`, …
    pub key_state: Fact<String>,
    /// `Enabled`.
    pub enabled: Fact<bool>,
    /// `KeySpec`: `SYMMETRIC_DEFAULT`, `RSA_2048`, `HMAC_256`, …
    pub key_spec: Fact<String>,
    /// `KeyUsage`: `ENCRYPT_DECRYPT`, `SIGN_VERIFY`, `GENERATE_VERIFY_MAC`, `KEY_AGREEMENT`.
    pub key_usage: Fact<String>,
    /// `Origin` of the key material: `AWS_KMS`, `EXTERNAL` (imported), `AWS_CLOUDHSM` or `EXTERNAL_KEY_STORE` (custom key store).
    pub origin: Fact<String>,
    /// `CreationDate`.
    pub creation_date: Fact<Instant>,
    /// `DeletionDate`; null where no deletion is scheduled, and for a primary key that waits for its replicas.
    pub deletion_date: Fact<Option<Instant>>,
    /// `Description`.
    pub description: Fact<String>,
    /// `MultiRegion`.
    pub multi_region: Fact<bool>,
    /// `MultiRegionKeyType`: `PRIMARY` or `REPLICA`; null for a key of one Region.
    pub multi_region_key_type: Fact<Option<String>>,
    /// `CustomKeyStoreId`, null where the key is not in one.
    pub custom_key_store_id: Fact<Option<String>>,
    /// Whether automatic rotation is this key's own to have: customer managed, `SYMMETRIC_DEFAULT`, material made by KMS, and no
    /// replica, whose rotation is the primary key's.
    pub rotates_itself: Fact<bool>,
    /// Automatic rotation; null where the key cannot have it, is a replica, or is not enabled.
    pub rotation: Fact<Option<Rotation>>,
    /// What the key policy says; null for keys that AWS manages, whose policy nobody in the account can change.
    pub policy: Fact<Option<ResourcePolicy>>,
    /// Names of the aliases, sorted, each with its `alias/`.
    pub aliases: Fact<Vec<String>>,
}

/// `GetKeyRotationStatus`.
#[derive(Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Rotation {
    /// `KeyRotationEnabled`.
    pub key_rotation_enabled: bool,
    /// `RotationPeriodInDays`; null where rotation is off.
    pub rotation_period_in_days: Option<i64>,
    /// `NextRotationDate`; null where none is due.
    pub next_rotation_date: Option<Instant>,
}
