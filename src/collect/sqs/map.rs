//! From the SDK's values to facts: pure, and without a default where AWS did not tell.

use std::collections::HashMap;

use aws_sdk_sqs::types::QueueAttributeName;

use crate::collect::at::At;
use crate::collect::resource_policy::{self, ResourcePolicy};
use crate::model::{Fact, Reason};

/// A queue's URL taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Queue {
    /// As SQS shows it.
    pub url: String,
    /// The last step.
    pub name: String,
    /// The ARN.
    pub arn: String,
}

/// The queue behind a URL; `None` where the last step is no name.
pub fn queue(url: &str, (partition, region, account): (&str, &str, &str)) -> Option<Queue> {
    let name = url.rsplit('/').next().filter(|name| !name.is_empty() && url.contains("://"))?;
    let arn = format!("arn:{partition}:sqs:{region}:{account}:{name}");
    Some(Queue { url: url.to_owned(), name: name.to_owned(), arn })
}

/// The policy among a queue's attributes. The ARN was asked for as well: whoever tells it, and no policy, says that there is none.
pub fn policy(at: At<'_>, attributes: &HashMap<QueueAttributeName, String>, queue: &Queue, account: &str) -> Fact<Option<ResourcePolicy>> {
    let told = |name: QueueAttributeName| attributes.get(&name).map(String::as_str).filter(|text| !text.is_empty());
    match (told(QueueAttributeName::QueueArn), told(QueueAttributeName::Policy)) {
        (None, _) => at.need(None, "QueueArn"),
        (Some(arn), _) if arn != queue.arn => at.absent(Reason::Failed, format!("the attributes are those of `{arn}`")),
        (Some(_), None) => Fact::Known(None),
        (Some(_), Some(text)) => resource_policy::read(at, text, account, "the queue policy").map(Some),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collect::at::tests::Noted;
    use crate::model::CallId;

    const PLACE: (&str, &str, &str) = ("aws", "eu-west-1", "111122223333");

    fn orders() -> Queue {
        queue("https://sqs.eu-west-1.amazonaws.com/111122223333/orders.fifo", PLACE).expect("a URL")
    }

    #[test]
    fn a_url_names_the_queue_in_every_form_that_sqs_has_had() {
        assert_eq!(orders().arn, "arn:aws:sqs:eu-west-1:111122223333:orders.fifo");
        let old = queue("https://eu-west-1.queue.amazonaws.com/111122223333/orders.fifo", PLACE).expect("a URL");
        assert_eq!((old.name.as_str(), &old.arn), ("orders.fifo", &orders().arn));
        assert_eq!((queue("", PLACE), queue("https://sqs/111122223333/", PLACE), queue("orders", PLACE)), (None, None, None));
    }

    #[test]
    fn there_is_no_policy_only_where_the_queue_itself_answered_without_one() {
        let noted = Noted::new("eu-west-1");
        let at = At::call(&noted, ("SQS", "GetQueueAttributes"), CallId(1));
        let read = |pairs: &[(QueueAttributeName, &str)]| {
            let attributes = pairs.iter().map(|(name, value)| (name.clone(), (*value).to_owned())).collect();
            policy(at, &attributes, &orders(), "111122223333")
        };
        let arn = orders().arn;
        assert!(matches!(read(&[(QueueAttributeName::QueueArn, &arn)]), Fact::Known(None)));
        assert!(matches!(read(&[(QueueAttributeName::QueueArn, &arn), (QueueAttributeName::Policy, "")]), Fact::Known(None)));
        assert!(read(&[]).known().is_none());
        assert!(read(&[(QueueAttributeName::QueueArn, "arn:aws:sqs:eu-west-1:111122223333:other")]).known().is_none());
        assert!(read(&[(QueueAttributeName::QueueArn, &arn), (QueueAttributeName::Policy, "{")]).known().is_none());
        let expected = [
            "failed: the answer lacks `QueueArn`",
            "failed: the attributes are those of `arn:aws:sqs:eu-west-1:111122223333:other`",
            "failed: the queue policy cannot be read: policy document is not JSON: EOF while parsing an object at line 1 column 1",
        ];
        assert_eq!(noted.details(), expected);
    }
}
