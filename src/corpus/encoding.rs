//! Turns bytes into UTF-8 text. Bytes in, text and the name of its encoding out; nothing is replaced without being counted.
//!
//! The order of evidence: a byte-order mark; UTF-16 without a mark, which its zero bytes betray; well-formed UTF-8 with characters
//! beyond ASCII, which is never an accident; what the page declares, if the bytes decode cleanly by it; a nearly whole UTF-8 text; and
//! last what a detector thinks. So a page that was saved again as UTF-8 is read well whatever its `<meta>` still says.

use std::borrow::Cow;
use std::io::{self, BufRead, Read};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// How many bytes are decoded at once.
const BLOCK: usize = 1 << 18;

/// The encoding of a file and how it was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Decision {
    /// The encoding.
    pub(crate) encoding: &'static Encoding,
    /// `bom`, `declared`, `valid` or `detected`.
    pub(crate) method: &'static str,
    /// Length of the byte-order mark.
    mark: usize,
    /// Whether only ASCII was seen and nothing was declared, so that later bytes may still decide.
    open: bool,
}

impl Decision {
    /// The label for tables: `utf-8`, `windows-1256`.
    pub(crate) fn label(&self) -> String {
        self.encoding.name().to_lowercase()
    }

    /// Whether it is UTF-16, whose zero bytes are no sign of a binary file.
    pub(crate) fn is_utf16(&self) -> bool {
        self.encoding == UTF_16LE || self.encoding == UTF_16BE
    }

    /// The text of `bytes`, with U+FFFD for what cannot be decoded.
    pub(crate) fn decode<'a>(&self, bytes: &'a [u8]) -> Cow<'a, str> {
        self.encoding
            .decode_without_bom_handling(&bytes[self.mark.min(bytes.len())..])
            .0
    }
}

/// Decides the encoding of a text from its bytes and what it declares of itself.
///
/// `whole` tells that nothing follows `bytes`; otherwise a character cut at their end is no fault.
pub(crate) fn decide(bytes: &[u8], declared: Option<&'static Encoding>, whole: bool) -> Decision {
    let found = |encoding, method| Decision {
        encoding,
        method,
        mark: 0,
        open: false,
    };
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return Decision {
            encoding,
            method: "bom",
            mark,
            open: false,
        };
    }
    if let Some(encoding) = unmarked_utf16(bytes) {
        return found(encoding, "detected");
    }
    let (multibyte, wrong) = utf8_census(bytes, whole);
    let says_utf8 = declared == Some(UTF_8);
    if wrong == 0 && multibyte > 0 {
        return found(UTF_8, if says_utf8 { "declared" } else { "valid" });
    }
    if let Some(encoding) = declared.filter(|encoding| decodes_cleanly(encoding, bytes)) {
        return found(encoding, "declared");
    }
    if wrong == 0 {
        return Decision {
            encoding: UTF_8,
            method: "valid",
            mark: 0,
            open: true,
        };
    }
    if wrong * 20 <= multibyte {
        return found(UTF_8, if says_utf8 { "declared" } else { "detected" });
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, whole);
    found(detector.guess(None, Utf8Detection::Deny), "detected")
}

/// The UTF-16 order of a text without a mark: nearly all its units are usual letters, and blanks are among them.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(1 << 14) & !1];
    if sample.len() < 8 || count(sample, |byte| byte < 9) == 0 {
        return None;
    }
    let usual = |unit: u16| matches!(unit, 9 | 10 | 13 | 0x20..=0x7e | 0xa0..=0x24f | 0x370..=0x77f | 0x2010..=0x203f);
    let fits = |read: fn([u8; 2]) -> u16| {
        let units = || sample.chunks_exact(2).map(|pair| read([pair[0], pair[1]]));
        let total = units().count();
        units().filter(|unit| usual(*unit)).count() * 100 >= total * 95
            && units().filter(|unit| matches!(unit, 10 | 13 | 0x20)).count() * 50 >= total
    };
    if fits(u16::from_le_bytes) {
        Some(UTF_16LE)
    } else {
        fits(u16::from_be_bytes).then_some(UTF_16BE)
    }
}

/// The text of UTF-8 bytes, with U+FFFD for what is not well formed.
pub(crate) fn lossy(bytes: &[u8]) -> Cow<'_, str> {
    // Nearly all bytes are well formed, and that is seen many at a time.
    simdutf8::basic::from_utf8(bytes).map_or_else(|_| String::from_utf8_lossy(bytes), Cow::Borrowed)
}

/// How many characters beyond ASCII stand in well-formed UTF-8 (of a text without fault, whether there are any), and how many sequences are
/// not well formed.
fn utf8_census(bytes: &[u8], whole: bool) -> (usize, usize) {
    if let Ok(text) = simdutf8::basic::from_utf8(bytes) {
        return (usize::from(!text.is_ascii()), 0);
    }
    let (mut multibyte, mut wrong) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        if !chunk.valid().is_ascii() {
            multibyte += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        }
        wrong += usize::from(!chunk.invalid().is_empty());
    }
    let cut = !whole && std::str::from_utf8(bytes).is_err_and(|_| ends_inside_a_character(bytes));
    (multibyte, wrong - usize::from(cut && wrong > 0))
}

/// Whether the last bytes begin a UTF-8 character and do not end it.
fn ends_inside_a_character(bytes: &[u8]) -> bool {
    let start = bytes.len().saturating_sub(3);
    (start..bytes.len()).any(|at| {
        std::str::from_utf8(&bytes[at..]).is_err_and(|error| error.valid_up_to() == 0 && error.error_len().is_none())
    })
}

/// Whether `bytes` are a credible text of `encoding`: every byte decodes, none to a control character, and a Latin encoding has no more
/// than two letters in five beyond ASCII (a page in windows-1256 that calls itself iso-8859-1 has nearly all).
fn decodes_cleanly(encoding: &'static Encoding, bytes: &[u8]) -> bool {
    if encoding == UTF_16LE || encoding == UTF_16BE {
        return false;
    }
    let Some(text) = encoding.decode_without_bom_handling_and_without_replacement(bytes) else {
        return false;
    };
    if text
        .chars()
        .any(|c| matches!(c, '\u{80}'..='\u{84}' | '\u{86}'..='\u{9f}'))
    {
        return false;
    }
    if encoding != WINDOWS_1252 {
        return true;
    }
    let foreign = text.chars().filter(|c| !c.is_ascii()).count();
    let letters = text.chars().filter(char::is_ascii_alphabetic).count() + foreign;
    // Markup is ASCII and hides the share of a page's own letters: so runs of four foreign characters speak, too.
    let runs = text
        .as_bytes()
        .windows(8)
        .filter(|run| run.iter().all(|byte| *byte >= 0x80))
        .count();
    foreign * 5 <= letters * 2 && runs * 10 <= foreign
}

/// Whether bytes that are no UTF-16 are no text either: control characters that no text has, or many zero bytes.
pub(crate) fn is_binary(bytes: &[u8]) -> bool {
    let is_control = |byte: u8| (byte < 0x20 && !matches!(byte, b'\t'..=b'\r' | 0x1b)) || byte == 0x7f;
    let controls = count(bytes, is_control);
    let zeros = if controls > 0 {
        count(bytes, |byte| byte == 0)
    } else {
        0
    };
    controls * 50 > bytes.len() || zeros * 200 > bytes.len()
}

/// How many bytes are such, many at a time: sums of so few bytes fit into a byte.
pub(super) fn count(bytes: &[u8], is: impl Fn(u8) -> bool) -> usize {
    bytes
        .chunks(128)
        .map(|some| usize::from(some.iter().map(|byte| u8::from(is(*byte))).sum::<u8>()))
        .sum()
}

/// Whether more than 1 % of the characters of a document could not be decoded, here or by an earlier program.
pub(crate) fn is_damaged(title: &str, body: &str) -> bool {
    let lost = |text: &str| text.matches('\u{fffd}').count();
    let lost = lost(title) + lost(body);
    lost > 0 && lost * 100 > title.chars().count() + body.chars().count()
}

/// A stream of any encoding, read as UTF-8. Text that is UTF-8 already passes unchecked and without its mark: whoever reads it checks
/// record by record, so that one bad record does not spoil its neighbours.
pub(crate) struct Transcoder<R> {
    /// The bytes.
    inner: R,
    /// What they are; may still change while it is open.
    decision: Decision,
    /// The decoder, where the bytes are not UTF-8.
    decoder: Option<Decoder>,
    /// One block of raw bytes.
    raw: Vec<u8>,
    /// UTF-8 that was not taken yet, from `at`.
    ready: Vec<u8>,
    /// How far `ready` was taken.
    at: usize,
    /// Bytes of the mark that are still to be dropped.
    mark: usize,
    /// Whether the decoder was told of the end.
    ended: bool,
}

impl<R: Read> Transcoder<R> {
    /// Reads `inner`, whose encoding was decided by its first bytes.
    pub(crate) fn new(inner: R, decision: Decision) -> Self {
        let mark = decision.mark;
        let (raw, ready) = (vec![0; BLOCK], Vec::new());
        Self {
            inner,
            decision,
            decoder: decoder(&decision),
            raw,
            ready,
            at: 0,
            mark,
            ended: false,
        }
    }

    /// The encoding, as far as it is known by now.
    pub(crate) fn decision(&self) -> Decision {
        self.decision
    }

    /// Fills `ready` with the next block.
    fn refill(&mut self) -> io::Result<()> {
        self.at = 0;
        self.ready.clear();
        while self.ready.is_empty() && !self.ended {
            let count = self.inner.read(&mut self.raw)?;
            self.ended = count == 0;
            let dropped = self.mark.min(count);
            self.mark -= dropped;
            let bytes = &self.raw[dropped..count];
            if self.decision.open && !bytes.is_ascii() {
                self.decision = Decision {
                    open: false,
                    mark: 0,
                    ..decide(bytes, None, false)
                };
                self.decoder = decoder(&self.decision);
            }
            match &mut self.decoder {
                None => self.ready.extend_from_slice(bytes),
                Some(decoder) => decode_block(decoder, bytes, self.ended, &mut self.ready),
            }
        }
        Ok(())
    }
}

/// The decoder that a decision needs; none for UTF-8.
fn decoder(decision: &Decision) -> Option<Decoder> {
    (decision.encoding != UTF_8).then(|| decision.encoding.new_decoder_without_bom_handling())
}

/// Decodes one block to the end of `into`.
fn decode_block(decoder: &mut Decoder, mut bytes: &[u8], last: bool, into: &mut Vec<u8>) {
    loop {
        let start = into.len();
        let room = decoder.max_utf8_buffer_length(bytes.len()).unwrap_or(BLOCK).max(16);
        into.resize(start + room, 0);
        let (result, read, written, _) = decoder.decode_to_utf8(bytes, &mut into[start..], last);
        into.truncate(start + written);
        bytes = &bytes[read..];
        if result == CoderResult::InputEmpty {
            return;
        }
    }
}

impl<R: Read> BufRead for Transcoder<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at >= self.ready.len() {
            self.refill()?;
        }
        Ok(&self.ready[self.at..])
    }

    fn consume(&mut self, count: usize) {
        self.at += count;
    }
}

impl<R: Read> Read for Transcoder<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let ready = self.fill_buf()?;
        let count = ready.len().min(into.len());
        into[..count].copy_from_slice(&ready[..count]);
        self.consume(count);
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use encoding_rs::{ISO_8859_2, KOI8_U, WINDOWS_1256};

    use super::*;

    const ARABIC: &str =
        "أعلنت الحكومة اليوم أن الوزير سيزور العاصمة غداً، وقال المتحدث إن اللقاء يتناول التعاون بين البلدين.";
    const FRENCH: &str =
        "Le ministre a déclaré que l'été serait difficile à passer pour la population du fleuve, où l'eau manque déjà.";

    fn judged(bytes: &[u8], declared: Option<&'static Encoding>) -> (String, &'static str, String) {
        let decision = decide(bytes, declared, true);
        (decision.label(), decision.method, decision.decode(bytes).into_owned())
    }

    fn legacy(text: &str, encoding: &'static Encoding) -> Vec<u8> {
        let (bytes, _, failed) = encoding.encode(text);
        assert!(!failed);
        bytes.into_owned()
    }

    fn utf16(text: &str, big: bool) -> Vec<u8> {
        text.encode_utf16()
            .flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() })
            .collect()
    }

    #[test]
    fn marks_win_and_are_dropped() {
        let marked = [b"\xef\xbb\xbf", FRENCH.as_bytes()].concat();
        assert_eq!(
            judged(&marked, Some(WINDOWS_1256)),
            ("utf-8".into(), "bom", FRENCH.into())
        );
        let wide = [b"\xff\xfe".to_vec(), utf16(ARABIC, false)].concat();
        assert_eq!(judged(&wide, None), ("utf-16le".into(), "bom", ARABIC.into()));
    }

    #[test]
    fn utf_16_needs_no_mark() {
        for text in [ARABIC, FRENCH] {
            assert_eq!(
                judged(&utf16(text, false), None),
                ("utf-16le".into(), "detected", text.into())
            );
            assert_eq!(
                judged(&utf16(text, true), None),
                ("utf-16be".into(), "detected", text.into())
            );
        }
    }

    #[test]
    fn utf_8_wins_over_a_stale_declaration() {
        assert_eq!(
            judged(ARABIC.as_bytes(), Some(WINDOWS_1256)),
            ("utf-8".into(), "valid", ARABIC.into())
        );
        assert_eq!(judged(ARABIC.as_bytes(), Some(UTF_8)).1, "declared");
    }

    #[test]
    fn a_clean_declaration_is_honoured_and_a_false_one_is_not() {
        let arabic = legacy(ARABIC, WINDOWS_1256);
        assert_eq!(
            judged(&arabic, Some(WINDOWS_1256)),
            ("windows-1256".into(), "declared", ARABIC.into())
        );
        assert_eq!(
            judged(&arabic, Some(WINDOWS_1252)),
            ("windows-1256".into(), "detected", ARABIC.into())
        );
        assert_eq!(
            judged(&arabic, Some(UTF_8)),
            ("windows-1256".into(), "detected", ARABIC.into())
        );
        let page = [
            b"<html><head><meta charset=iso-8859-1></head><body class=main-content><p>".repeat(9),
            arabic,
        ]
        .concat();
        assert_eq!(decide(&page, Some(WINDOWS_1252), true).label(), "windows-1256");
        let polish = legacy("Zażółć gęślą jaźń", ISO_8859_2);
        assert_eq!(judged(&polish, Some(ISO_8859_2)).2, "Zażółć gęślą jaźń");
    }

    #[test]
    fn legacy_texts_are_detected() {
        assert_eq!(
            judged(&legacy(FRENCH, WINDOWS_1252), None),
            ("windows-1252".into(), "detected", FRENCH.into())
        );
        let russian = "Министр сообщил, что переговоры продолжатся завтра в столице.";
        assert_eq!(judged(&legacy(russian, KOI8_U), None).2, russian);
    }

    #[test]
    fn a_broken_byte_in_a_long_utf_8_text_stays_one_character() {
        let mut bytes = ARABIC.as_bytes().to_vec();
        bytes.insert(ARABIC.find(' ').unwrap(), 0xff);
        let (label, _, text) = judged(&bytes, None);
        assert_eq!((label.as_str(), text.matches('\u{fffd}').count()), ("utf-8", 1));
        assert!(!is_damaged("", &"a".repeat(100)) && is_damaged("", "a\u{fffd}b"));
        assert!(
            !is_damaged("", &format!("{}\u{fffd}", "a".repeat(99)))
                && is_damaged("", &format!("{}\u{fffd}", "a".repeat(98)))
        );
    }

    #[test]
    fn noise_is_binary_and_text_is_not() {
        let noise: Vec<u8> = (0..4000_u32)
            .map(|at| at.wrapping_mul(2_654_435_761).to_be_bytes()[1])
            .collect();
        assert!(is_binary(&noise));
        assert!(!is_binary(ARABIC.as_bytes()) && !is_binary(&legacy(ARABIC, WINDOWS_1256)) && !is_binary(b"a\tb\r\n"));
    }

    #[test]
    fn a_stream_that_turns_out_to_be_arabic_late_is_decoded() {
        let plain = "only ascii here\n".repeat(40_000);
        let bytes = [plain.as_bytes().to_vec(), legacy(&ARABIC.repeat(50), WINDOWS_1256)].concat();
        let decision = decide(&bytes[..1000], None, false);
        assert_eq!(decision.label(), "utf-8");
        let mut reader = Transcoder::new(io::Cursor::new(bytes), decision);
        let mut text = String::new();
        reader.read_to_string(&mut text).unwrap();
        assert_eq!(reader.decision().label(), "windows-1256");
        assert!(text == plain + &ARABIC.repeat(50));
    }

    #[test]
    fn blocks_may_end_inside_a_character() {
        struct Drops(Vec<u8>);
        impl Read for Drops {
            fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
                let count = self.0.len().min(3);
                into[..count].copy_from_slice(&self.0[..count]);
                self.0.drain(..count);
                Ok(count)
            }
        }
        for bytes in [
            [b"\xff\xfe".to_vec(), utf16(ARABIC, false)].concat(),
            [b"\xef\xbb\xbf", ARABIC.as_bytes()].concat(),
        ] {
            let decision = decide(&bytes, None, true);
            let mut text = String::new();
            Transcoder::new(Drops(bytes), decision)
                .read_to_string(&mut text)
                .unwrap();
            assert_eq!(text, ARABIC);
        }
        assert_eq!(utf8_census(&ARABIC.as_bytes()[..ARABIC.len() - 2], false).1, 0);
        assert_eq!(utf8_census(&"é".as_bytes()[..1], false), (0, 0));
        assert_eq!(utf8_census(&"é".as_bytes()[..1], true), (0, 1));
    }
}
