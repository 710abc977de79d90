//! The template engines: the built-in Tera templates, overlaid by the user's, compiled once.
//!
//! HTML and Markdown have an engine each, because each has its own escape function, which is applied to every value a
//! template prints. Nothing here knows what the pages show.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;

use serde::Serialize;
use tera::{Context, Kwargs, State, Tera, Value};

use super::error::PackError;
use super::text;

/// Folder of the embedded files that holds the built-in templates and the style sheet.
const FOLDER: &str = "templates/";

/// A template of the user's that replaces a built-in one, kept for the pack's `inputs/templates/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overlay {
    /// Path below the templates folder: `html/index.html`.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// Both engines, ready to render.
#[derive(Debug)]
pub struct Templates {
    html: Tera,
    markdown: Tera,
    style: String,
    overlays: Vec<Overlay>,
}

impl Templates {
    /// The built-in templates.
    ///
    /// # Errors
    /// Never for a released version: a test compiles them all.
    pub fn built_in() -> Result<Self, PackError> {
        Self::with_overlays(Vec::new())
    }

    /// The built-in templates overlaid by those of a folder (`--templates`).
    ///
    /// # Errors
    /// When the folder cannot be read, holds a file that replaces no template, or a template does not parse.
    pub fn load(folder: &Path) -> Result<Self, PackError> {
        let mut overlays = Vec::new();
        read_overlays(folder, "", &mut overlays)?;
        overlays.sort_by(|a, b| a.path.cmp(&b.path));
        Self::with_overlays(overlays)
    }

    /// The built-in templates overlaid by texts already read (a pack's own `inputs/templates/`).
    ///
    /// # Errors
    /// When an overlay replaces no template or does not parse.
    pub fn with_overlays(overlays: Vec<Overlay>) -> Result<Self, PackError> {
        let built_in = built_in()?;
        if let Some(unknown) = overlays.iter().find(|overlay| !built_in.contains_key(overlay.path.as_str())) {
            let names: Vec<&str> = built_in.keys().copied().collect();
            return Err(PackError::Template(format!("`{}` replaces no template; there are {}", unknown.path, names.join(", "))));
        }
        let text_of = |path: &str, built_in: &'static str| {
            let own = overlays.iter().find(|overlay| overlay.path == path);
            own.map_or(Cow::Borrowed(built_in), |overlay| Cow::Owned(overlay.text.clone()))
        };
        let mut html = engine(".html", text::escape_html);
        let mut markdown = engine(".md", text::escape_markdown);
        html.register_filter("rendered", |text: &str, _: Kwargs, _: &State| Value::safe_string(text));
        html.register_filter("prose", |text: &str, _: Kwargs, _: &State| Value::safe_string(&super::prose::html(text)));
        markdown.register_filter("fenced", |text: &str, _: Kwargs, _: &State| Value::safe_string(&text::code_block(text)));
        markdown.register_filter("code", |text: &str, _: Kwargs, _: &State| Value::safe_string(&text::code_span(text)));
        let mut style = String::new();
        let (mut pages, mut documents) = (Vec::new(), Vec::new());
        for (path, built_in) in built_in {
            let text = text_of(path, built_in);
            match path.rsplit('.').next() {
                Some("html") => pages.push((path, text)),
                Some("md") => documents.push((path, text)),
                _ => style = text.into_owned(),
            }
        }
        html.add_raw_templates(pages).map_err(explain)?;
        markdown.add_raw_templates(documents).map_err(explain)?;
        Ok(Templates { html, markdown, style, overlays })
    }

    /// What the user replaced.
    pub fn overlays(&self) -> &[Overlay] {
        &self.overlays
    }

    /// The style sheet.
    pub fn style(&self) -> &str {
        &self.style
    }

    /// Values that every page sees, besides its own.
    ///
    /// # Errors
    /// When the value does not serialize.
    pub fn share(&mut self, name: &'static str, value: &impl Serialize) -> Result<(), PackError> {
        let value = Value::try_from_serializable(value).map_err(explain)?;
        self.html.global_context().insert_value(name, value.clone());
        self.markdown.global_context().insert_value(name, value);
        Ok(())
    }

    /// A value as templates see it.
    ///
    /// # Errors
    /// When it does not serialize.
    pub fn value(&self, value: &impl Serialize) -> Result<Value, PackError> {
        Value::try_from_serializable(value).map_err(explain)
    }

    /// Renders rows of a list through the HTML engine, for [`super::paging`].
    pub(super) fn render_rows(&self, template: &str, rows: Vec<Value>, list: Value) -> Result<Vec<u8>, PackError> {
        let mut context = Context::new();
        context.insert_value("rows", Value::from(rows));
        context.insert_value("list", list);
        let mut out = Vec::with_capacity(32 * 1024);
        self.html.render_to(template, &context, &mut out).map_err(explain)?;
        Ok(out)
    }

    /// Renders a page: `html/…` through the HTML engine, all else as Markdown. The template sees the fields of `frame` and,
    /// where both have one, those of `model`.
    ///
    /// # Errors
    /// When the template does not fit the model.
    pub fn render(&self, template: &str, frame: &impl Serialize, model: &impl Serialize) -> Result<Vec<u8>, PackError> {
        let mut context = Context::from_serialize(frame).map_err(explain)?;
        context.extend(Context::from_serialize(model).map_err(explain)?);
        let engine = if template.ends_with(".html") { &self.html } else { &self.markdown };
        let mut out = Vec::with_capacity(16 * 1024);
        engine.render_to(template, &context, &mut out).map_err(explain)?;
        Ok(out)
    }
}

/// The embedded templates by their path below the folder.
fn built_in() -> Result<BTreeMap<&'static str, &'static str>, PackError> {
    let text = |(path, bytes): (&'static str, &'static [u8])| {
        let text = std::str::from_utf8(bytes).map_err(|_| PackError::Template(format!("`{path}` is not UTF-8")))?;
        Ok((path.strip_prefix(FOLDER).unwrap_or(path), text))
    };
    crate::embedded::files(FOLDER).map(text).collect()
}

fn engine(suffix: &'static str, escape: tera::EscapeFn) -> Tera {
    let mut tera = Tera::new();
    tera.autoescape_on([suffix]);
    tera.set_escape_fn(escape);
    tera.register_filter("safe", |_: &str, _: Kwargs, _: &State| -> tera::TeraResult<Value> {
        Err(tera::Error::message("`safe` is not available: text from AWS must stay escaped; prose has the filter `prose`"))
    });
    tera.register_filter("n", |n: u64, _: Kwargs, _: &State| super::words::count(n));
    tera
}

fn explain(error: tera::Error) -> PackError {
    let mut text = error.to_string();
    let mut source = std::error::Error::source(&error);
    while let Some(cause) = source {
        text = format!("{text}: {cause}");
        source = cause.source();
    }
    PackError::Template(text)
}

fn read_overlays(folder: &Path, below: &str, into: &mut Vec<Overlay>) -> Result<(), PackError> {
    for entry in std::fs::read_dir(folder).map_err(PackError::io("read", folder))? {
        let path = entry.map_err(PackError::io("read", folder))?.path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if name.starts_with('.') {
            continue;
        }
        let inside = if below.is_empty() { name } else { format!("{below}/{name}") };
        if path.is_dir() {
            read_overlays(&path, &inside, into)?;
        } else {
            let text = std::fs::read_to_string(&path).map_err(PackError::io("read", &path))?;
            into.push(Overlay { path: inside, text });
        }
    }
    Ok(())
}
