//! Methods as stages serve them. A deployment is a snapshot: it tells a method's authorization type and whether it demands an API key;
//! all else is known of the draft only, and stands beside it as such.

use aws_sdk_apigateway::types::{MethodSnapshot, Stage};

use super::calls::{self, GET_DEPLOYMENT, Summary};
use super::draft::Edited;
use super::facts::Draft;
use crate::aws::{Caller, Reply};
use crate::collect::at::{At, Notes, Operation};
use crate::collect::parts::{Parent, Part};
use crate::collect::proof::Proof;
use crate::model::population::Ended;
use crate::model::{CallId, Fact, Gap, Reason};

/// A deployment that a stage serves, whole or to a share of its requests.
#[derive(Clone, Debug)]
pub struct Served {
    /// The call that told of the stage.
    pub stage_call: CallId,
    /// The stage.
    pub stage: Stage,
    /// `deploymentId`.
    pub deployment: String,
    /// Whether it is the canary's.
    pub canary: bool,
    /// Percent of the stage's requests.
    pub percent: f64,
    /// Its methods, by path and verb.
    pub methods: Part<(String, String, MethodSnapshot)>,
}

impl Served {
    /// `prod`, or `prod canary`.
    pub fn shown(&self) -> String {
        let name = self.stage.stage_name.as_deref().unwrap_or_default();
        if self.canary { format!("{name} canary") } else { name.to_owned() }
    }
}

/// Which deployments a stage serves: id, whether it is the canary's, percent of the requests.
pub fn served(stage: &Stage) -> Vec<(Option<String>, bool, f64)> {
    let canary = stage.canary_settings.as_ref();
    let share = canary.map_or(0.0, |canary| canary.percent_traffic);
    let own = (stage.deployment_id.clone(), false, 100.0 - share);
    std::iter::once(own).chain(canary.map(|canary| (canary.deployment_id.clone(), true, share))).collect()
}

/// Reads what each stage of each API serves; one list of deployments for each API, in the order of `stages`.
pub async fn read(caller: &Caller, apis: &[Parent<'_>], stages: &[Part<Stage>]) -> Vec<Vec<Served>> {
    let each = apis.iter().zip(stages).map(|(api, stages)| {
        let served = stages.items.iter().flat_map(|(call, stage)| served(stage).into_iter().map(move |what| (*call, stage, what)));
        futures::future::join_all(served.map(|(call, stage, what)| one(caller, api, (call, stage), what)))
    });
    futures::future::join_all(each).await
}

async fn one(
    caller: &Caller,
    api: &Parent<'_>,
    (stage_call, stage): (CallId, &Stage),
    (deployment, canary, percent): (Option<String>, bool, f64),
) -> Served {
    let deployment = deployment.unwrap_or_default();
    let reply = calls::deployment(caller, api.id, &deployment).await;
    let mut served = Served { stage_call, stage: stage.clone(), deployment, canary, percent, methods: part(caller, reply) };
    let parent = Parent { id: api.id, shown: format!("stage `{}` of {}", served.shown(), api.shown) };
    served.methods.proof.gap = served.methods.proof.gap.map(|gap| parent.names(gap));
    served
}

fn part(notes: &dyn Notes, reply: Reply<Option<Summary>>) -> Part<(String, String, MethodSnapshot)> {
    let proof = |calls: Vec<CallId>, gap: Option<Gap>| {
        let ended = if gap.is_none() { Ended::WholeAnswer } else { Ended::NotProven };
        Proof { pages: u32::from(gap.is_none()), calls, ended, gap }
    };
    match reply {
        Err(refusal) => Part { items: Vec::new(), proof: proof(refusal.gap.call.into_iter().collect(), Some(refusal.gap)) },
        Ok(answer) => match answer.value {
            None => {
                let gap = At::call(notes, GET_DEPLOYMENT, answer.call).gap(Reason::Failed, crate::collect::at::lacks("apiSummary"));
                Part { items: Vec::new(), proof: proof(vec![answer.call], Some(gap)) }
            }
            Some(mut methods) => {
                methods.sort_by(|(a_path, a_verb, _), (b_path, b_verb, _)| (a_path, a_verb).cmp(&(b_path, b_verb)));
                let items = methods.into_iter().map(|method| (answer.call, method)).collect();
                Part { items, proof: proof(vec![answer.call], None) }
            }
        },
    }
}

/// The draft of a method as deployed: null where the whole draft does not have it.
pub fn draft(caller: &Caller, operation: Operation, drafts: &Part<Edited>, path: &str, verb: &str) -> Fact<Option<Draft>> {
    let same = |edited: &Edited| edited.path.as_deref() == Some(path) && edited.verb == verb;
    let found = drafts.items.iter().find(|(_, edited)| same(edited));
    match (found, drafts.proof.noted(caller)) {
        (Some((call, edited)), _) => At::call(caller, operation, *call).read(super::draft::beside(edited).map(Some)),
        (None, Some(gap)) => Fact::Absent(gap),
        (None, None) => Fact::Known(None),
    }
}

/// In what a draft differs from what is deployed, one line each, sorted.
pub fn drift(deployed: &MethodSnapshot, draft: Option<&Draft>) -> Vec<String> {
    let Some(draft) = draft else { return vec!["deployed, but gone from the draft".to_owned()] };
    let mut lines = Vec::new();
    if deployed.api_key_required != draft.api_key_required {
        lines.push(format!("api_key_required: {} deployed, {} in the draft", deployed.api_key_required, draft.api_key_required));
    }
    let authorization = deployed.authorization_type.as_deref().unwrap_or_default();
    if authorization != draft.authorization_type {
        lines.push(format!("authorization_type: {authorization} deployed, {} in the draft", draft.authorization_type));
    }
    lines
}

/// Whether a deployed method is a preflight that API Gateway answers itself. A deployment does not show integrations, so for `OPTIONS`
/// only the draft tells, and only where it has the same method.
pub fn mock_preflight(at: At<'_>, path: &str, verb: &str, draft: &Fact<Option<Draft>>) -> Fact<bool> {
    if verb != "OPTIONS" {
        return Fact::Known(false);
    }
    match draft {
        Fact::Absent(gap) => Fact::Absent(gap.clone()),
        Fact::Known(Some(draft)) => Fact::Known(draft.method_integration.as_ref().is_some_and(|integration| integration.r#type == "MOCK")),
        Fact::Known(None) => {
            let detail = format!("`{verb} {path}` is deployed but gone from the draft, so nothing tells whether a mock answers it");
            at.absent(Reason::Disputed, detail)
        }
    }
}

#[cfg(test)]
mod tests {
    use aws_sdk_apigateway::types::CanarySettings;

    use super::*;
    use crate::collect::apigateway::facts::Integration;
    use crate::collect::at::tests::Noted;
    use crate::model::GapId;

    fn deployed(authorization: &str, key: bool) -> MethodSnapshot {
        MethodSnapshot::builder().authorization_type(authorization).api_key_required(key).build()
    }

    fn edited(authorization: &str, key: bool, integration: Option<&str>) -> Draft {
        let of_kind = |kind: &str| Integration {
            r#type: kind.to_owned(),
            uri: None,
            http_method: None,
            connection_type: "INTERNET".to_owned(),
            connection_id: None,
            credentials: None,
            insecure_skip_verification: false,
        };
        Draft {
            authorization_type: authorization.to_owned(),
            api_key_required: key,
            authorizer_id: None,
            authorization_scopes: Vec::new(),
            request_validator_id: None,
            method_integration: integration.map(of_kind),
        }
    }

    #[test]
    fn drift_names_what_differs_and_is_empty_where_nothing_does() {
        assert_eq!(drift(&deployed("AWS_IAM", true), Some(&edited("AWS_IAM", true, None))), [""; 0]);
        assert_eq!(
            drift(&deployed("NONE", false), Some(&edited("AWS_IAM", true, None))),
            ["api_key_required: false deployed, true in the draft", "authorization_type: NONE deployed, AWS_IAM in the draft"]
        );
        assert_eq!(drift(&deployed("NONE", false), None), ["deployed, but gone from the draft"]);
    }

    #[test]
    fn a_preflight_is_a_mock_only_where_the_draft_says_so() {
        let noted = Noted::new("eu-west-1");
        let at = At::call(&noted, ("API Gateway", "GetDeployment"), CallId(1));
        let preflight = |verb: &str, draft: Fact<Option<Draft>>| mock_preflight(at, "/orders", verb, &draft);
        let mock = |kind: Option<&str>| Fact::Known(Some(edited("NONE", false, kind)));
        assert_eq!(preflight("OPTIONS", mock(Some("MOCK"))), Fact::Known(true));
        assert_eq!(preflight("OPTIONS", mock(Some("AWS_PROXY"))), Fact::Known(false));
        assert_eq!(preflight("OPTIONS", mock(None)), Fact::Known(false));
        assert_eq!(preflight("GET", mock(Some("MOCK"))), Fact::Known(false));
        let gap = GapId("denied".into());
        assert_eq!(preflight("OPTIONS", Fact::Absent(gap.clone())), Fact::Absent(gap.clone()));
        assert_eq!(preflight("GET", Fact::Absent(gap)), Fact::Known(false));
        assert!(preflight("OPTIONS", Fact::Known(None)).known().is_none());
        assert!(noted.details()[0].starts_with("disputed: `OPTIONS /orders`"), "{:?}", noted.details());
    }

    #[test]
    fn a_stage_with_a_canary_serves_two_deployments() {
        let canary = CanarySettings::builder().deployment_id("d2").percent_traffic(12.5).build();
        let stage = Stage::builder().stage_name("prod").deployment_id("d1");
        assert_eq!(served(&stage.clone().build()), [(Some("d1".to_owned()), false, 100.0)]);
        let both = [(Some("d1".to_owned()), false, 87.5), (Some("d2".to_owned()), true, 12.5)];
        assert_eq!(served(&stage.canary_settings(canary).build()), both);
    }

    #[test]
    fn an_answer_without_methods_proves_nothing() {
        let noted = Noted::new("eu-west-1");
        let received = crate::model::Instant::UNIX_EPOCH;
        let part = part(&noted, Ok(crate::aws::Answer { value: None, call: CallId(3), received }));
        assert_eq!((part.items.len(), part.proof.ended), (0, Ended::NotProven));
        assert_eq!(part.proof.gap.map(|gap| gap.detail).as_deref(), Some("the answer lacks `apiSummary`"));
    }
}
