//! Ids, names and tags of EC2's resources.

use aws_sdk_ec2::types::Tag;

use crate::aws::Caller;
use crate::model::OpenMap;

/// Where ids lie.
pub struct Place {
    /// Partition.
    pub partition: String,
    region: String,
    /// The account that asks.
    pub account: String,
}

impl Place {
    /// That of a caller.
    pub fn of(caller: &Caller) -> Self {
        Place {
            partition: caller.partition().to_string(),
            region: caller.endpoint_region().to_owned(),
            account: caller.account().to_owned(),
        }
    }

    /// The id of the Region's settings.
    pub fn region_setting(&self) -> String {
        format!("arn:{}:ec2:{}:{}:region-setting", self.partition, self.region, self.account)
    }

    /// The ARN of a resource of an owner; of the account that asks where AWS tells none.
    pub fn arn(&self, owner: Option<&str>, kind: &str, id: &str) -> String {
        format!("arn:{}:ec2:{}:{}:{kind}/{id}", self.partition, self.region, owner.unwrap_or(&self.account))
    }
}

/// A name with the id behind it, or the id alone.
pub fn named(name: Option<&str>, id: &str) -> String {
    name.filter(|name| !name.is_empty()).map_or_else(|| id.to_owned(), |name| format!("{name} / {id}"))
}

/// Tags as a map.
pub fn tags(tags: &[Tag]) -> OpenMap<String> {
    let pair = |tag: &Tag| Some((tag.key.clone()?, tag.value.clone().unwrap_or_default()));
    OpenMap(tags.iter().filter_map(pair).collect())
}

/// The tag `Name`.
pub fn name_tag(tags: &[Tag]) -> Option<&str> {
    tags.iter().find(|tag| tag.key() == Some("Name")).and_then(Tag::value)
}

/// A number of things.
pub fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
