//! Filling a template: `{{name}}` gives way to a value.
//!
//! In: a template and the values by name. Out: text. A value is put in as it is, and not looked into again, so a value that holds `{{`
//! does no harm; whoever makes it has escaped it.

/// `template` with every `{{name}}` replaced by what `value` gives for the name.
pub(super) fn fill(template: &str, value: &dyn Fn(&str) -> String) -> String {
    let mut out = String::with_capacity(template.len() * 2);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("{{") {
        out.push_str(before);
        let Some((name, next)) = after.split_once("}}") else {
            out.push_str("{{");
            rest = after;
            break;
        };
        out.push_str(&value(name.trim()));
        rest = next;
    }
    out.push_str(rest);
    out
}

/// `text` as HTML shows it, in an element or in a quoted attribute.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for sign in text.chars() {
        match sign {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\0' => out.push('\u{fffd}'),
            _ => out.push(sign),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_not_looked_into() {
        let filled = fill("<p>{{ a }}{{b}}</p>{{", &|name| match name {
            "a" => "{{b}}".to_owned(),
            other => other.to_uppercase(),
        });
        assert_eq!(filled, "<p>{{b}}B</p>{{");
    }

    #[test]
    fn markup_becomes_text() {
        assert_eq!(
            escape("<a href=\"x\" b='y'>&\0"),
            "&lt;a href=&quot;x&quot; b=&#39;y&#39;&gt;&amp;\u{fffd}"
        );
    }
}
