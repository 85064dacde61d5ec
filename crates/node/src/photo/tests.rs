//! Photographs, pictures that are drawn here, and pictures of strangers that want to do harm.

use fast_qr::{ECL, QRBuilder};
use png::{BitDepth, ColorType};

use super::picture::{Grey, decode};
use super::{MAX_PHOTO_BYTES, MAX_PIXELS, Said, Unread, code, is_photo, read, said};

const TEXT: &str = include_str!("../../../../tests/vectors/photos/text.txt");
const PHOTOS: [(&str, &[u8]); 6] = [
    (
        "skewed",
        include_bytes!("../../../../tests/vectors/photos/skewed.jpg"),
    ),
    (
        "steep",
        include_bytes!("../../../../tests/vectors/photos/steep.jpg"),
    ),
    (
        "half-shadow",
        include_bytes!("../../../../tests/vectors/photos/half-shadow.jpg"),
    ),
    (
        "faint",
        include_bytes!("../../../../tests/vectors/photos/faint.jpg"),
    ),
    (
        "blurry",
        include_bytes!("../../../../tests/vectors/photos/blurry.jpg"),
    ),
    (
        "noisy",
        include_bytes!("../../../../tests/vectors/photos/noisy.jpg"),
    ),
];
const RECORD: &str = "https://nqi.example.se/r/0192f3a4-7b1c-7d2e-8f30-123456789abc";

/// A white picture.
fn paper(width: usize, height: usize) -> Grey {
    Grey {
        width,
        height,
        pixels: vec![255; width * height],
    }
}

/// Draws a code with dots of some pixels.
fn draw(grey: &mut Grey, text: &str, left: usize, top: usize, dot: usize) {
    let code = QRBuilder::new(text).ecl(ECL::M).build().unwrap();
    for y in 0..code.size * dot {
        for x in 0..code.size * dot {
            if code[y / dot][x / dot].value() {
                grey.pixels[(top + y) * grey.width + left + x] = 0;
            }
        }
    }
}

fn drawn(texts: &[&str]) -> Grey {
    let mut grey = paper(220 * texts.len(), 220);
    for (at, text) in texts.iter().enumerate() {
        draw(&mut grey, text, 220 * at + 16, 16, 4);
    }
    grey
}

/// A PNG of raw samples.
fn png(width: usize, height: usize, color: ColorType, depth: BitDepth, raw: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let (width, height) = (width.try_into().unwrap(), height.try_into().unwrap());
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(color);
    encoder.set_depth(depth);
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(raw).unwrap();
    writer.finish().unwrap();
    bytes
}

fn grey_png(grey: &Grey) -> Vec<u8> {
    let (color, depth) = (ColorType::Grayscale, BitDepth::Eight);
    png(grey.width, grey.height, color, depth, &grey.pixels)
}

#[test]
fn photographs_are_read() {
    for (name, bytes) in PHOTOS {
        assert!(is_photo(bytes));
        assert_eq!(read(bytes), Ok(vec![TEXT.trim().to_owned()]), "{name}");
    }
}

#[test]
fn a_code_is_read_in_every_position() {
    let upright = drawn(&[RECORD]);
    let (width, height) = (upright.width, upright.height);
    let turned = |at: &dyn Fn(usize, usize) -> (usize, usize)| {
        let mut grey = paper(width, height);
        for y in 0..height {
            for x in 0..width {
                let (from_x, from_y) = at(x, y);
                grey.pixels[y * width + x] = upright.pixels[from_y * width + from_x];
            }
        }
        code::texts(&grey)
    };
    assert_eq!(turned(&|x, y| (x, y)), [RECORD]);
    assert_eq!(turned(&|x, y| (y, x)), [RECORD], "in a mirror");
    assert_eq!(turned(&|x, y| (y, height - 1 - x)), [RECORD]);
    assert_eq!(turned(&|x, y| (width - 1 - x, height - 1 - y)), [RECORD]);
    assert_eq!(code::texts(&upright.inverted()), [RECORD], "white on black");
    // Two pixels a dot, as a whole page shows it.
    let mut small = paper(300, 200);
    draw(&mut small, RECORD, 120, 60, 2);
    assert_eq!(code::texts(&small), [RECORD]);
}

#[test]
fn every_kind_of_png_is_read() {
    let grey = drawn(&[RECORD]);
    let dark = |pixel: &u8| *pixel == 0;
    let each = |black: &[u8], white: &[u8]| -> Vec<u8> {
        let pixels = grey.pixels.iter();
        pixels
            .flat_map(|pixel| if dark(pixel) { black } else { white })
            .copied()
            .collect()
    };
    // In colours, and on paper that is transparent.
    for (color, depth, raw) in [
        (ColorType::Grayscale, BitDepth::Eight, grey.pixels.clone()),
        (
            ColorType::Grayscale,
            BitDepth::Sixteen,
            each(&[0, 9], &[255, 1]),
        ),
        (
            ColorType::GrayscaleAlpha,
            BitDepth::Eight,
            each(&[0, 255], &[0, 0]),
        ),
        (
            ColorType::Rgb,
            BitDepth::Eight,
            each(&[90, 0, 60], &[255, 250, 200]),
        ),
        (
            ColorType::Rgba,
            BitDepth::Eight,
            each(&[0, 0, 0, 255], &[0, 0, 0, 0]),
        ),
    ] {
        let bytes = png(grey.width, grey.height, color, depth, &raw);
        assert_eq!(
            read(&bytes),
            Ok(vec![RECORD.to_owned()]),
            "{color:?} {depth:?}"
        );
    }
    // 220 pixels are no whole bytes, so that this one is 216 wide.
    let narrow: Vec<u8> = (grey.pixels.chunks(220))
        .flat_map(|row| &row[..216])
        .copied()
        .collect();
    let bits = narrow.chunks(8).map(|eight| {
        let bits = eight.iter().map(|pixel| u8::from(!dark(pixel)));
        bits.fold(0, |byte, bit| byte << 1 | bit)
    });
    let raw: Vec<u8> = bits.collect();
    let bytes = png(216, grey.height, ColorType::Grayscale, BitDepth::One, &raw);
    assert_eq!(read(&bytes), Ok(vec![RECORD.to_owned()]));
}

#[test]
fn which_text_is_looked_up() {
    let texts = |texts: &[&str]| texts.iter().map(ToString::to_string).collect::<Vec<_>>();
    let one = |text: &str| Said::One(text.to_owned());
    for text in [
        RECORD,
        "urn:uuid:0192f3a4-7b1c-7d2e-8f30-123456789abc",
        "LAB-2026-001",
        "https://id.gs1.org/01/09521234543213",
    ] {
        assert_eq!(said(texts(&[text])), one(text));
    }
    let example = &crate::registers::registers()[0].example[0].0;
    assert_eq!(said(texts(&[example.as_str()])), one(example));
    for text in [
        "https://example.com/r/1",
        "WIFI:S:cafe;;",
        "BEGIN:VCARD\nN:A",
        " ",
    ] {
        assert_eq!(said(texts(&[text])), Said::Elsewhere(text.to_owned()));
    }
    // Beside the code of a record, another one is no matter.
    assert_eq!(said(texts(&["https://example.com/", RECORD])), one(RECORD));
    let two = texts(&[RECORD, "urn:uuid:0192f3a4-7b1c-7d2e-8f30-123456789abd"]);
    assert_eq!(said(two.clone()), Said::Several(two));
    let none = texts(&["A-1", "A-2"]);
    assert_eq!(said(none.clone()), Said::Several(none));
}

#[test]
fn several_codes_are_several_texts() {
    let mut found = read(&grey_png(&drawn(&["A-1", RECORD, "A-1", "A-2"]))).unwrap();
    found.sort();
    assert_eq!(found, ["A-1", "A-2", RECORD]);
}

#[test]
fn what_is_no_picture_or_has_no_code() {
    assert_eq!(read(b""), Err(Unread::NoPicture));
    assert_eq!(read(b"%PDF-1.7"), Err(Unread::NoPicture));
    assert_eq!(read(&grey_png(&paper(300, 200))), Err(Unread::NoCode));
    for (width, height) in [(1, 1), (22, 22), (3_000, 1), (2, 9_000)] {
        assert_eq!(read(&grey_png(&paper(width, height))), Err(Unread::NoCode));
    }
    let mut large = PHOTOS[0].1.to_vec();
    large.resize(MAX_PHOTO_BYTES + 1, 0);
    assert_eq!(read(&large), Err(Unread::TooManyBytes));
    large.pop();
    assert!(
        read(&large).is_ok(),
        "what follows the picture is not looked at"
    );
}

#[test]
fn a_picture_that_says_it_is_enormous_is_refused_before_it_is_decoded() {
    // The size of a PNG stands at bytes 16 to 23; its checksum is wrong then, unless it is mended.
    let side = u32::try_from(MAX_PIXELS.isqrt()).unwrap();
    for (width, height) in [(side + 1, side), (u32::MAX >> 1, 1), (25_001, 1)] {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, width, height);
        encoder.set_depth(BitDepth::One);
        drop(encoder.write_header().unwrap());
        assert_eq!(decode(&bytes).unwrap_err(), Unread::TooManyPixels);
    }
    // A few kilobytes of zeros that unpack to a picture at the limit, and one beyond.
    let bomb = |width: usize, height: usize| {
        let raw = vec![0; width.div_ceil(8) * height];
        png(width, height, ColorType::Grayscale, BitDepth::One, &raw)
    };
    assert_eq!(read(&bomb(5_000, 5_001)), Err(Unread::TooManyPixels));
    let most = bomb(5_000, 5_000);
    assert!(most.len() < 20_000, "{} bytes", most.len());
    let shrunk = decode(&most).unwrap();
    assert_eq!((shrunk.width, shrunk.height), (1_666, 1_666));
    // Of a JPEG the size stands in its frame header (ISO/IEC 10918-1, B.2.2).
    let mut photo = PHOTOS[0].1.to_vec();
    let frame = photo
        .windows(2)
        .position(|two| two == [0xff, 0xc0])
        .unwrap();
    photo[frame + 5..frame + 9].fill(0xff);
    assert_eq!(read(&photo), Err(Unread::TooManyPixels));
    photo[frame + 5..frame + 9].fill(0);
    assert!(matches!(read(&photo), Err(Unread::Damaged(_))));
}

#[test]
fn damaged_pictures_are_refused_or_read() {
    let drawn = grey_png(&drawn(&[RECORD]));
    for whole in [PHOTOS[0].1, &drawn] {
        for part in 1..8 {
            let _ = decode(&whole[..whole.len() * part / 8]);
        }
        for step in 0..48 {
            let mut changed = whole.to_vec();
            let at = 4 + step * step * (changed.len() - 4) / (48 * 48);
            changed[at] ^= 0x55;
            let _ = decode(&changed);
        }
    }
}

/// A hostile picture costs more the more it looks like codes; then it is not looked at.
#[test]
fn a_picture_full_of_corners_is_given_up() {
    let mut grey = paper(400, 400);
    let square = |x: usize, y: usize| {
        let edge = x.min(y).min(6 - x).min(6 - y);
        edge != 1
    };
    for (at, pixel) in grey.pixels.iter_mut().enumerate() {
        let (x, y) = (at % 400 % 20 / 2, at / 400 % 20 / 2);
        if x < 7 && y < 7 && square(x, y) {
            *pixel = 0;
        }
    }
    assert_eq!(code::texts(&grey), Vec::<String>::new());
}
