//! Knows the first bytes of formats that are no text. Bytes in, what they are out; `None` leaves the question open.

use super::sniff::Shape;

/// First bytes of formats that hold articles and are not read yet, the name of each and how it is called in a sentence.
const UNSUPPORTED: [(&[u8], &str, &str); 14] = [
    (b"%PDF-", "pdf", "PDF files"),
    (b"BZh", "bzip2", "bzip2 files"),
    (b"\xfd7zXZ\0", "xz", "xz files"),
    (b"\x04\x22\x4d\x18", "lz4", "lz4 files"),
    (b"7z\xbc\xaf\x27\x1c", "7z", "7z archives"),
    (b"Rar!\x1a\x07", "rar", "rar archives"),
    (b"PK\x05\x06", "zip", "zip archives"),
    (b"WARC/", "warc", "WARC archives"),
    (b"PAR1", "parquet", "Parquet files"),
    (b"ARROW1", "arrow", "Arrow files"),
    (b"{\\rtf", "rtf", "RTF files"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole", "old Office files"),
    (b"SQLite format 3\0", "sqlite", "SQLite databases"),
    (b"\x1f\x9d", "compress", "compress files"),
];

/// First bytes of what never holds an article.
const BINARY: [(&[u8], &str, &str); 16] = [
    (b"\xff\xd8\xff", "jpeg", "a JPEG image"),
    (b"\x89PNG\r\n\x1a\n", "png", "a PNG image"),
    (b"GIF87a", "gif", "a GIF image"),
    (b"GIF89a", "gif", "a GIF image"),
    (b"II*\0", "tiff", "a TIFF image"),
    (b"MM\0*", "tiff", "a TIFF image"),
    (b"\0\0\x01\0", "ico", "an icon"),
    (b"\x7fELF", "binary", "a program (ELF)"),
    (b"MZ\x90\0", "binary", "a program (Windows)"),
    (b"\xca\xfe\xba\xbe", "binary", "a program"),
    (b"\xcf\xfa\xed\xfe", "binary", "a program (macOS)"),
    (b"ID3", "mp3", "a sound file (MP3)"),
    (b"OggS", "ogg", "a sound file (Ogg)"),
    (b"fLaC", "flac", "a sound file (FLAC)"),
    (b"wOFF", "font", "a font"),
    (b"wOF2", "font", "a font"),
];

/// What a file is that begins with `head`.
pub(crate) fn known(head: &[u8]) -> Option<Shape> {
    let at = |from: usize, mark: &[u8]| head.get(from..from + mark.len()) == Some(mark);
    if at(0, b"PK\x03\x04") {
        return Some(packed(head));
    }
    if at(0, b"\xff\xfe\0\0") || at(0, b"\0\0\xfe\xff") {
        return Some(Shape::Unsupported("utf-32", "UTF-32 texts"));
    }
    if at(257, b"ustar") {
        return Some(Shape::Unsupported("tar", "tar archives"));
    }
    if at(4, b"ftyp") {
        return Some(Shape::Binary("mp4", "a film or sound file"));
    }
    if at(0, b"RIFF") && (at(8, b"WEBP") || at(8, b"WAVE") || at(8, b"AVI ")) {
        return Some(if at(8, b"WEBP") {
            Shape::Binary("webp", "a WebP image")
        } else {
            Shape::Binary("riff", "a film or sound file")
        });
    }
    let shape = |list: &[(&[u8], &'static str, &'static str)]| {
        list.iter()
            .find(|(mark, ..)| at(0, mark))
            .map(|(_, name, what)| (*name, *what))
    };
    // `BZh`, `ID3` and the like are letters: a text may begin with them, but not with what follows.
    let word = head.len() > 3
        && (at(0, b"BZh") || at(0, b"ID3"))
        && !head[..head.len().min(64)].iter().any(|byte| *byte >= 0x80 || *byte < 9);
    if word {
        return None;
    }
    shape(&UNSUPPORTED)
        .map(|(name, what)| Shape::Unsupported(name, what))
        .or_else(|| shape(&BINARY).map(|(name, what)| Shape::Binary(name, what)))
}

/// What is in a zip container: its first names tell.
fn packed(head: &[u8]) -> Shape {
    let start = String::from_utf8_lossy(&head[..head.len().min(1 << 16)]);
    let holds = |name: &str| start.contains(name);
    if holds("word/document.xml") || holds("word/_rels") {
        Shape::Unsupported("docx", "Word files")
    } else if holds("xl/workbook") || holds("xl/_rels") || holds("xl/worksheets") {
        Shape::Unsupported("xlsx", "Excel files")
    } else if holds("mimetypeapplication/vnd.oasis.opendocument") {
        Shape::Unsupported("odt", "OpenDocument files")
    } else if holds("mimetypeapplication/epub") {
        Shape::Unsupported("epub", "EPUB books")
    } else {
        Shape::Unsupported("zip", "zip archives")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(head: &[u8]) -> &'static str {
        known(head).map_or("", |shape| shape.format(""))
    }

    #[test]
    fn formats_are_known_by_their_first_bytes() {
        assert_eq!(name(b"\xff\xd8\xff\xe0\0\x10JFIF"), "jpeg");
        assert_eq!(name(b"%PDF-1.7\n"), "pdf");
        assert_eq!(
            name(b"PK\x03\x04\x14\0\0\0[Content_Types].xml PK word/document.xml"),
            "docx"
        );
        assert_eq!(name(b"PK\x03\x04\x14\0\0\0articles/1.txt"), "zip");
        assert_eq!(name(b"BZh91AY&SY\x80"), "bzip2");
        assert_eq!(name(b"\xff\xfe\0\0T\0\0\0"), "utf-32");
        assert_eq!(name(b"RIFF\0\0\0\0WEBPVP8"), "webp");
        let mut tar = vec![b'a'; 512];
        tar[257..262].copy_from_slice(b"ustar");
        assert_eq!(name(&tar), "tar");
    }

    #[test]
    fn text_is_left_open() {
        for text in [
            "",
            "P",
            "BZh is a word",
            "ID3 tags explained",
            "RIFF raff and more",
            "title,text",
        ] {
            assert_eq!(name(text.as_bytes()), "", "{text}");
        }
    }
}
