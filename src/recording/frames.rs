//! Files of calls as zstd frames: each frame holds whole lines and a checksum, so any run of whole frames is a whole file.

use std::io::Read as _;
use std::ops::Range;

use zstd::zstd_safe;

/// How much text fills a frame.
pub(super) const FRAME_TEXT: usize = 256 * 1024;
/// The most text that a frame may hold: a guard against bombs, far above any answer.
const MOST_TEXT: u64 = 512 * 1024 * 1024;
/// First bytes of every frame.
const MAGIC: [u8; 4] = [0x28, 0xB5, 0x2F, 0xFD];
/// `ZSTD_error_srcSize_wrong`: the input ends before the frame does.
const INPUT_ENDS: usize = 72;

/// Compresses text into one frame.
pub(super) fn compress(text: &[u8], level: i32) -> std::io::Result<Vec<u8>> {
    let mut compressor = zstd::bulk::Compressor::new(level)?;
    compressor.include_checksum(true)?;
    compressor.compress(text)
}

/// The text of one frame, which must end in a whole line.
pub(super) fn decompress(frame: &[u8]) -> Result<Vec<u8>, String> {
    let mut text = Vec::new();
    let decoder = zstd::stream::read::Decoder::with_buffer(frame).map_err(|error| error.to_string())?.single_frame();
    decoder.take(MOST_TEXT + 1).read_to_end(&mut text).map_err(|error| format!("a frame does not decompress: {error}"))?;
    match text.last() {
        _ if text.len() as u64 > MOST_TEXT => Err(format!("a frame holds more than {MOST_TEXT} bytes of text")),
        Some(b'\n') | None => Ok(text),
        Some(_) => Err("a frame ends within a line".to_owned()),
    }
}

/// A file cut into frames.
pub(super) struct Frames {
    /// The whole frames, from the first byte on without a hole.
    pub whole: Vec<Range<usize>>,
    /// Bytes after the last whole frame: the beginning of a frame that was never finished, or zeros.
    pub torn: Range<usize>,
}

/// Finds the frames of a file.
///
/// # Errors
/// When bytes that are no frame stand before a whole frame, or after the last one without being the beginning of a frame.
pub(super) fn split(bytes: &[u8]) -> Result<Frames, String> {
    let mut whole = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        match zstd_safe::find_frame_compressed_size(&bytes[at..]) {
            Ok(size) => whole.push(at..at + size),
            Err(code) if is_torn(&bytes[at..], code) => break,
            Err(_) => return Err(format!("no frame begins at byte {at}")),
        }
        at = whole.last().map_or(at, |range| range.end);
    }
    Ok(Frames { whole, torn: at..bytes.len() })
}

/// Whether a rest without a whole frame at its start is what a writer leaves that was stopped: the beginning of a frame with
/// nothing whole behind it, or zeros where the system had made room but not written yet.
fn is_torn(rest: &[u8], code: usize) -> bool {
    let begins = rest.starts_with(&MAGIC[..rest.len().min(MAGIC.len())]);
    let ends = rest.len() < MAGIC.len() || 0_usize.wrapping_sub(code) == INPUT_ENDS;
    (begins && ends && !holds_whole_frame(&rest[1..])) || rest.iter().all(|byte| *byte == 0)
}

/// Whether a whole frame with text begins anywhere in the bytes.
fn holds_whole_frame(bytes: &[u8]) -> bool {
    bytes.windows(MAGIC.len()).enumerate().filter(|(_, window)| *window == MAGIC).any(|(at, _)| {
        let size = zstd_safe::find_frame_compressed_size(&bytes[at..]);
        size.is_ok_and(|size| decompress(&bytes[at..at + size]).is_ok_and(|text| !text.is_empty()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(text: &str) -> Vec<u8> {
        compress(text.as_bytes(), 3).expect("memory")
    }

    #[test]
    fn a_file_cut_at_any_byte_keeps_its_whole_frames() {
        let (first, second) = (frame("one\n"), frame(&"two\n".repeat(400)));
        let file = [first.clone(), second].concat();
        for cut in 0..=file.len() {
            let frames = split(&file[..cut]).unwrap_or_else(|error| panic!("cut at {cut}: {error}"));
            let expected = usize::from(cut >= first.len()) + usize::from(cut == file.len());
            assert_eq!(frames.whole.len(), expected, "cut at {cut}");
            assert_eq!(frames.torn.end, cut);
        }
    }

    #[test]
    fn zeros_at_the_end_are_a_torn_tail_and_other_bytes_are_damage() {
        let file = [frame("one\n"), vec![0; 100]].concat();
        assert_eq!(split(&file).map(|frames| frames.torn.len()), Ok(100));
        let file = [frame("one\n"), b"text".to_vec()].concat();
        assert!(split(&file).is_err());
    }

    #[test]
    fn no_changed_byte_in_an_inner_frame_looks_like_a_torn_tail() {
        let (first, second) = (frame(&"one\n".repeat(50)), frame("two\n"));
        let whole = [first.clone(), second].concat();
        for at in 0..first.len() {
            for flip in [0x01, 0x80, 0xFF] {
                let mut file = whole.clone();
                file[at] ^= flip;
                let Ok(frames) = split(&file) else { continue };
                let texts: Result<Vec<_>, _> = frames.whole.iter().map(|range| decompress(&file[range.clone()])).collect();
                let intact = texts.is_ok_and(|texts| texts.concat() == [b"one\n".repeat(50), b"two\n".to_vec()].concat());
                let noticed = frames.whole.iter().any(|range| decompress(&file[range.clone()]).is_err());
                assert!(noticed || intact, "byte {at} xor {flip:02x} went unnoticed");
            }
        }
    }

    #[test]
    fn a_frame_that_ends_within_a_line_is_refused() {
        assert!(decompress(&frame("one\ntwo")).is_err());
    }
}
