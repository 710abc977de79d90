//! Ids: the ARNs that API Gateway documents for its resources.

use crate::aws::Caller;

/// Makes ids of one place.
#[derive(Clone, Debug)]
pub struct Ids(String);

impl Ids {
    /// For the partition and Region of a caller.
    pub fn new(caller: &Caller) -> Self {
        Ids::of(caller.partition().id(), caller.endpoint_region())
    }

    fn of(partition: &str, region: &str) -> Self {
        Ids(format!("arn:{partition}:apigateway:{region}::"))
    }

    /// What stands at a path of API Gateway: `/restapis/ab12`.
    pub fn at(&self, path: &str) -> String {
        format!("{}{path}", self.0)
    }

    /// An HTTP or WebSocket API.
    pub fn api(&self, api: &str) -> String {
        self.at(&format!("/apis/{api}"))
    }

    /// What belongs to an API: `routes`, `stages`.
    pub fn child(&self, api: &str, collection: &str, id: &str) -> String {
        format!("{}/{collection}/{id}", self.api(api))
    }

    /// A custom domain name.
    pub fn domain(&self, domain: &str) -> String {
        self.at(&format!("/domainnames/{domain}"))
    }
}

#[cfg(test)]
mod tests {
    use super::Ids;

    #[test]
    fn ids_are_documented_arns_of_the_partition() {
        let ids = Ids::of("aws-us-gov", "us-gov-west-1");
        assert_eq!(ids.child("ab12", "stages", "$default"), "arn:aws-us-gov:apigateway:us-gov-west-1::/apis/ab12/stages/$default");
        assert_eq!(ids.domain("*.example.com"), "arn:aws-us-gov:apigateway:us-gov-west-1::/domainnames/*.example.com");
    }
}
