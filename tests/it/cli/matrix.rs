//! The page of APIs against layers.

use std::collections::BTreeMap;

use regex::Regex;

use super::harness::Place;

/// Every API of the populations has one row, every section a column, and a cell says what the verdicts behind it say.
#[test]
fn every_api_stands_against_every_layer_with_what_its_verdicts_say() {
    let place = Place::without_aws();
    place.run("build --demo --quiet --framework api-gateway --framework cis --out pack").ends(4);
    let page = std::fs::read_to_string(place.path("pack/items/api-gateway/apis.html")).expect("the page is there");
    let assessment = place.json("pack/assessment.json");
    let populations = assessment["populations"].as_array().expect("populations");
    let of_apis =
        populations.iter().filter(|one| ["AWS::ApiGateway::RestApi", "AWS::ApiGatewayV2::Api"].contains(&one["kind"].as_str().unwrap()));
    let apis: u64 = of_apis.map(|one| one["count"].as_u64().expect("a count")).sum();
    let rows = Regex::new(r#"(?s)<tr><th scope="row">(.*?)</tr>"#).expect("an expression");
    let rows: Vec<&str> = rows.captures_iter(&page).map(|row| row.get(1).map_or("", |row| row.as_str())).collect();
    let (shared, own): (Vec<&str>, Vec<&str>) = rows.into_iter().partition(|row| row.starts_with("Shared by APIs"));
    assert!(apis > 10 && own.len() as u64 == apis && !shared.is_empty(), "{apis} APIs, {} rows", own.len());
    let head = Regex::new(r#"<th scope="col">(\d+ [^<]+)</th>"#).expect("an expression");
    let sections: Vec<&str> = head.captures_iter(&page).filter_map(|section| Some(section.get(1)?.as_str())).collect();
    assert!(sections.len() >= 5 && sections[0].starts_with("1 "), "{sections:?}");
    assert!(own.iter().all(|row| row.matches("class=\"badge").count() == sections.len()));

    // What the page says of the whole is what the verdicts say, counted here anew.
    let counting: BTreeMap<String, String> = assessment["frameworks"][0]["items"]
        .as_array()
        .expect("items")
        .iter()
        .flat_map(|item| item["controls"].as_array().expect("controls"))
        .filter(|control| control["relation"] == "covers")
        .map(|control| (control["id"].as_str().unwrap().to_owned(), control["params_id"].as_str().unwrap().to_owned()))
        .collect();
    let verdicts = std::fs::read_to_string(place.path("pack/verdicts.jsonl")).expect("verdicts");
    let failing = |api: &str| {
        verdicts
            .lines()
            .map(|line| serde_json::from_str::<serde_json::Value>(line).expect("JSON"))
            .filter(|verdict| {
                counting.get(verdict["control"].as_str().unwrap()).is_some_and(|params| verdict["params_id"] == params.as_str())
            })
            .filter(|verdict| verdict["verdict"] == "fail")
            .filter(|verdict| {
                let id = verdict["resource"]["id"].as_str().unwrap_or_default();
                id == api || id.starts_with(&format!("{api}/"))
            })
            .map(|verdict| verdict["verdict_id"].as_str().unwrap().to_owned())
            .collect::<std::collections::BTreeSet<_>>()
            .len()
    };
    let id = Regex::new(r#"<span class="id">([^<]+)</span>"#).expect("an expression");
    let mut failed = 0;
    for row in &own {
        let api = &id.captures(row).expect("an id")[1];
        let expected = failing(api);
        assert_eq!(row.contains("b-fail"), expected > 0, "{api}: {expected} failures");
        failed += usize::from(expected > 0);
    }
    assert!(failed > 3 && own.iter().any(|row| row.contains("b-pass")));
    assert!(page.contains(&format!("{failed} of {apis} APIs fail")), "the sentence above the table");

    // The report has the same rows, as Markdown.
    let report = place.read("pack/report.md");
    let table = report.split_once("\n## APIs, layer by layer\n").expect("the table").1.split("\n## ").next().unwrap_or_default();
    assert!(table.contains(&format!("{failed} of {apis} APIs fail")), "{table}");
    let id = Regex::new("`(arn:aws:apigateway:[^`]+)`").expect("an expression");
    let listed: Vec<(&str, &str)> = table.lines().filter_map(|line| Some((line, id.captures(line)?.get(1)?.as_str()))).collect();
    assert_eq!(listed.len(), own.len(), "{table}");
    for (line, api) in listed {
        assert_eq!(line.contains(" fail ("), failing(api) > 0, "{line}");
        assert_eq!(line.matches(" | ").count(), sections.len() + 1, "{line}");
    }

    let index = std::fs::read_to_string(place.path("pack/index.html")).expect("the first page");
    assert_eq!(index.matches("items/api-gateway/apis.html").count(), 1, "the framework that asks for it links to it");
    assert!(!place.path("pack/items/cis-aws-7.0.0/apis.html").exists(), "and no other has one");
}
