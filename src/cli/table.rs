//! Plain tables on stdout: columns as wide as their widest cell, two spaces apart, nothing cut.

use super::printer::inert;

/// Lays rows out under their headings.
pub fn render(headings: &[&str], rows: &[Vec<String>]) -> String {
    let rows: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(|cell| inert(cell)).collect()).collect();
    let widths: Vec<usize> = (0..headings.len())
        .map(|column| {
            rows.iter()
                .filter_map(|row| row.get(column))
                .map(|cell| cell.chars().count())
                .chain([headings[column].len()])
                .max()
                .unwrap_or(0)
        })
        .collect();
    let line = |cells: Vec<&str>| {
        let padded: Vec<String> = cells.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}")).collect();
        padded.join("  ").trim_end().to_owned()
    };
    let mut lines = vec![line(headings.to_vec())];
    lines.extend(rows.iter().map(|row| line(row.iter().map(String::as_str).collect())));
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    #[test]
    fn columns_align_and_escapes_are_inert() {
        let table = super::render(&["ID", "TITLE"], &[vec!["a".into(), "x\u{1b}[0m".into()], vec!["long-id".into(), "y".into()]]);
        assert_eq!(table, "ID       TITLE\na        x⟨U+001B⟩[0m\nlong-id  y");
    }
}
