//! Opens a file and undoes its compression. A path in, bytes out, with the hash of the file as it lies on disk.
//!
//! This file opens files. It knows nothing of formats beyond gzip and zstd; what the bytes mean is for its neighbours.

use std::cell::RefCell;
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;
use std::rc::Rc;

use sha2::{Digest, Sha256};

/// How many decompressed bytes are looked at before the format is decided.
pub(crate) const HEAD: usize = 1 << 20;

/// Room for the head of a usual page.
const USUAL: usize = 1 << 16;

/// How often a file may be compressed.
const LAYERS: usize = 3;

/// How many bytes are read from disk at once.
const BLOCK: usize = 1 << 18;

/// SHA-256 of a file as it lies on disk, in lower-case hexadecimal.
///
/// # Errors
///
/// Whatever the system says when the file cannot be opened or read.
pub fn hash_file(path: &Path) -> io::Result<String> {
    let mut raw = Raw::new(Box::new(File::open(path)?));
    raw.drain()?;
    Ok(raw.hex())
}

/// A file as it lies on disk, hashed while it is read.
struct Raw {
    /// Where the bytes come from.
    inner: Box<dyn Read>,
    /// The hash of all bytes so far.
    hash: Sha256,
    /// How many bytes that were.
    bytes: u64,
}

impl Raw {
    fn new(inner: Box<dyn Read>) -> Self {
        Self {
            inner,
            hash: Sha256::new(),
            bytes: 0,
        }
    }

    /// Reads to the end, for the hash alone.
    fn drain(&mut self) -> io::Result<()> {
        // Most files are at their end already, and need no large block to find out.
        if self.read(&mut [0; 64])? == 0 {
            return Ok(());
        }
        let mut block = vec![0; BLOCK];
        while self.read(&mut block)? > 0 {}
        Ok(())
    }

    /// The hash so far, hexadecimal.
    fn hex(&self) -> String {
        use std::fmt::Write as _;
        let digest = self.hash.clone().finalize();
        digest.iter().fold(String::with_capacity(64), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        })
    }
}

impl Read for Raw {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(into)?;
        self.hash.update(&into[..count]);
        self.bytes += count as u64;
        Ok(count)
    }
}

/// The same file for the decompressor and for whoever asks for the hash afterwards.
#[derive(Clone)]
struct Shared(Rc<RefCell<Raw>>);

impl Read for Shared {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.0.borrow_mut().read(into)
    }
}

/// `gzip`, `zstd` or empty, by the first bytes.
fn packing(magic: &[u8]) -> &'static str {
    match magic {
        [0x1f, 0x8b, 8, _, ..] => "gzip",
        [0x28, 0xb5, 0x2f, 0xfd, ..] => "zstd",
        _ => "",
    }
}

/// Undoes the compression that the first bytes of `packed` tell of, and names it.
fn unpack(magic: &[u8], packed: Box<dyn Read>) -> io::Result<(&'static str, Box<dyn Read>)> {
    let compression = packing(magic);
    let inner: Box<dyn Read> = match compression {
        "gzip" => Box::new(flate2::read::MultiGzDecoder::new(BufReader::with_capacity(
            BLOCK, packed,
        ))),
        "zstd" => Box::new(zstd::stream::read::Decoder::new(packed)?),
        _ => packed,
    };
    Ok((compression, inner))
}

/// An open file: its first decompressed bytes, and the rest as a stream.
pub(crate) struct Opened {
    /// `gzip`, `zstd` or empty.
    pub(crate) compression: &'static str,
    /// The first [`HEAD`] decompressed bytes, fewer where the file is shorter.
    pub(crate) head: Vec<u8>,
    /// Whether the head is all there is and no trouble ended it.
    pub(crate) whole: bool,
    /// What follows the head.
    rest: Box<dyn Read>,
    /// The trouble that ended the head.
    trouble: Option<io::Error>,
    /// The file below the decompressor.
    raw: Shared,
}

impl Opened {
    /// Opens the file at `path`; `-` is standard input.
    pub(crate) fn new(path: &Path) -> io::Result<Self> {
        let inner: Box<dyn Read> = if path.as_os_str() == "-" {
            Box::new(io::stdin())
        } else {
            Box::new(File::open(path)?)
        };
        Self::from_reader(inner)
    }

    /// The same over any reader.
    pub(crate) fn from_reader(inner: Box<dyn Read>) -> io::Result<Self> {
        let raw = Shared(Rc::new(RefCell::new(Raw::new(inner))));
        let mut magic = Vec::with_capacity(4);
        raw.clone().take(4).read_to_end(&mut magic)?;
        let start = io::Cursor::new(magic.clone()).chain(raw.clone());
        let (compression, rest) = unpack(&magic, Box::new(start))?;
        let mut stream = Stream::new(rest);
        // Servers pack files that are packed already.
        for _ in 1..LAYERS {
            let head = stream.head.get_ref();
            if compression.is_empty() || packing(head).is_empty() {
                break;
            }
            let magic = head[..4].to_vec();
            stream = Stream::new(unpack(&magic, Box::new(stream))?.1);
        }
        let head = stream.head.into_inner();
        let whole = stream.trouble.is_none() && head.len() < HEAD;
        Ok(Self {
            compression,
            head,
            whole,
            rest: stream.rest,
            trouble: stream.trouble,
            raw,
        })
    }

    /// The whole stream from its first byte, and the handle that has the hash.
    pub(crate) fn into_stream(self) -> (Stream, Seal) {
        (
            Stream {
                head: io::Cursor::new(self.head),
                rest: self.rest,
                trouble: self.trouble,
            },
            Seal(self.raw),
        )
    }
}

/// The decompressed bytes of a file. The error that cut them short comes after the last good byte, once.
pub(crate) struct Stream {
    /// What was read already.
    head: io::Cursor<Vec<u8>>,
    /// What follows.
    rest: Box<dyn Read>,
    /// The trouble that ended the head.
    trouble: Option<io::Error>,
}

impl Stream {
    /// Reads the head of `rest`.
    fn new(mut rest: Box<dyn Read>) -> Self {
        let mut head = Vec::with_capacity(USUAL);
        let trouble = rest.by_ref().take(HEAD as u64).read_to_end(&mut head).err();
        Self {
            head: io::Cursor::new(head),
            rest,
            trouble,
        }
    }
}

impl Read for Stream {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.head.read(into)?;
        if count > 0 || into.is_empty() {
            return Ok(count);
        }
        match self.trouble.take() {
            Some(trouble) => {
                self.rest = Box::new(io::empty());
                Err(trouble)
            }
            None => self.rest.read(into),
        }
    }
}

/// What is known of a file once it was read: its hash and true size.
pub(crate) struct Seal(Shared);

impl Seal {
    /// Reads what is left of the file, and gives the hash of all of it with its size in bytes.
    pub(crate) fn close(self) -> (String, u64) {
        let mut raw = self.0.0.borrow_mut();
        // A file that cannot be read to its end has been reported as such; its hash is that of what could be read.
        let _ = raw.drain();
        (raw.hex(), raw.bytes)
    }
}

/// How the bytes of a file came to an end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// Too early.
    Cut(String),
    /// By an error of the system, or a damaged compressed stream.
    Damage(String),
}

impl Trouble {
    /// Names an error of reading.
    pub(crate) fn new(error: &io::Error, compression: &str) -> Self {
        let what = if compression.is_empty() { "file" } else { compression };
        if error.kind() == io::ErrorKind::UnexpectedEof || error.to_string().contains("incomplete frame") {
            Self::Cut(format!("the {what} stream ends too early"))
        } else {
            Self::Damage(format!("the {what} stream cannot be read further: {error}"))
        }
    }

    /// What happened, in one line.
    pub(crate) fn detail(&self) -> &str {
        match self {
            Self::Cut(detail) | Self::Damage(detail) => detail,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn gzip(text: &[u8]) -> Vec<u8> {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        packed.write_all(text).unwrap();
        packed.finish().unwrap()
    }

    fn all(bytes: Vec<u8>) -> (Vec<u8>, Option<Trouble>, &'static str, (String, u64)) {
        let opened = Opened::from_reader(Box::new(io::Cursor::new(bytes))).unwrap();
        let compression = opened.compression;
        let (mut stream, seal) = opened.into_stream();
        let mut text = Vec::new();
        let trouble = stream
            .read_to_end(&mut text)
            .err()
            .map(|error| Trouble::new(&error, compression));
        (text, trouble, compression, seal.close())
    }

    fn sha(bytes: &[u8]) -> String {
        let mut raw = Raw::new(Box::new(io::Cursor::new(bytes.to_vec())));
        raw.drain().unwrap();
        raw.hex()
    }

    #[test]
    fn the_hash_is_sha_256_of_the_file_on_disk() {
        assert_eq!(
            sha(b"abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
        let packed = gzip(b"abc");
        assert_eq!(all(packed.clone()).3, (sha(&packed), packed.len() as u64));
    }

    #[test]
    fn members_of_a_gzip_file_follow_each_other() {
        let (text, trouble, compression, _) = all([gzip(b"one "), gzip(b"two")].concat());
        assert_eq!(
            (text.as_slice(), trouble, compression),
            (b"one two".as_slice(), None, "gzip")
        );
    }

    #[test]
    fn what_was_packed_twice_is_unpacked_twice() {
        let long = vec![b'a'; 2 * HEAD];
        let (text, trouble, compression, _) = all(gzip(&zstd::encode_all(&long[..], 1).unwrap()));
        assert_eq!((text.len(), trouble, compression), (long.len(), None, "gzip"));
        let mut nest = b"one".to_vec();
        for _ in 0..9 {
            nest = gzip(&nest);
        }
        assert!(all(nest).0.starts_with(&[0x1f, 0x8b]));
    }

    #[test]
    fn zstd_is_undone() {
        let packed = zstd::encode_all(&b"kept small"[..], 3).unwrap();
        let (text, trouble, compression, _) = all(packed);
        assert_eq!(
            (text.as_slice(), trouble, compression),
            (b"kept small".as_slice(), None, "zstd")
        );
    }

    #[test]
    fn what_stands_before_a_cut_is_read_and_the_cut_is_told() {
        let text: Vec<u8> = (0..40_000_u32)
            .flat_map(|at| format!("{} line\n", at.wrapping_mul(2_654_435_761)).into_bytes())
            .collect();
        for packed in [gzip(&text), zstd::encode_all(&text[..], 3).unwrap()] {
            let cut = packed[..packed.len() / 2].to_vec();
            let hash = sha(&cut);
            let (read, trouble, _, seal) = all(cut);
            assert!(matches!(trouble, Some(Trouble::Cut(_))), "{trouble:?}");
            assert!(read.len() > 10_000 && text.starts_with(&read));
            assert_eq!(seal.0, hash);
        }
    }

    #[test]
    fn a_short_file_is_whole_and_a_long_one_is_not() {
        let open = |size: usize| Opened::from_reader(Box::new(io::Cursor::new(vec![b'a'; size]))).unwrap();
        assert!(open(0).whole && open(100).whole && !open(HEAD + 1).whole);
        assert_eq!(all(vec![b'a'; HEAD + 7]).0.len(), HEAD + 7);
    }
}
