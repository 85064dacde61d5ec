//! A file of a picture to its brightness, pixel by pixel.

use std::io::Cursor;

use png::{ColorType, Transformations};
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::{MAX_PIXELS, Unread};

/// Most passes of a progressive JPEG, each of which costs as much as the whole; cameras and editors
/// make ten.
const MAX_SCANS: usize = 24;
/// Longest side in pixels; what the formats allow is more.
const MAX_SIDE: usize = 25_000;
/// Largest side that is looked at: of a larger picture, several pixels are taken together.
const MAX_LOOKED_AT: usize = 2_400;

/// A picture in grey.
#[derive(Clone, Debug)]
pub(super) struct Grey {
    pub(super) width: usize,
    pub(super) height: usize,
    /// Brightness row by row, 0 is black.
    pub(super) pixels: Vec<u8>,
}

/// JPEG (ISO/IEC 10918-1) begins with the marker SOI and another one.
pub(super) fn is_jpeg(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0xff, 0xd8, 0xff])
}

/// The signature of PNG (W3C PNG, section 5.2).
pub(super) fn is_png(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\x89PNG\r\n\x1a\n")
}

/// The picture in grey, no side longer than `MAX_LOOKED_AT`. Its size is looked at before a pixel
/// is decoded.
pub(super) fn decode(bytes: &[u8]) -> Result<Grey, Unread> {
    let grey = if is_jpeg(bytes) {
        jpeg(bytes)?
    } else if is_png(bytes) {
        png(bytes)?
    } else {
        return Err(Unread::NoPicture);
    };
    if grey.pixels.len() != grey.width * grey.height {
        return Err(Unread::Damaged("pixels are missing".to_owned()));
    }
    let longest = grey.width.max(grey.height);
    Ok(grey.shrunk(longest.div_ceil(MAX_LOOKED_AT)))
}

fn fits(width: usize, height: usize) -> Result<(), Unread> {
    let pixels = width.checked_mul(height);
    match pixels {
        Some(0) => Err(Unread::Damaged("it has no pixels".to_owned())),
        Some(pixels) if pixels <= MAX_PIXELS && width.max(height) <= MAX_SIDE => Ok(()),
        _ => Err(Unread::TooManyPixels),
    }
}

fn jpeg(bytes: &[u8]) -> Result<Grey, Unread> {
    let damaged =
        |error: &dyn std::fmt::Display| Unread::Damaged(error.to_string().trim().to_owned());
    let options = DecoderOptions::default()
        // Beyond the limit below, so that it is named there.
        .set_max_width(usize::from(u16::MAX))
        .set_max_height(usize::from(u16::MAX))
        .jpeg_set_max_scans(MAX_SCANS)
        .jpeg_set_out_colorspace(ColorSpace::Luma);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode_headers().map_err(|error| damaged(&error))?;
    let size = decoder.dimensions();
    let (width, height) = size.ok_or_else(|| Unread::Damaged("it has no size".to_owned()))?;
    fits(width, height)?;
    let pixels = decoder.decode().map_err(|error| damaged(&error))?;
    Ok(Grey {
        width,
        height,
        pixels,
    })
}

fn png(bytes: &[u8]) -> Result<Grey, Unread> {
    let damaged = |error: png::DecodingError| Unread::Damaged(error.to_string());
    // What the decoder holds beside the pixels: a few rows, and texts that are not wanted.
    let limits = png::Limits { bytes: 16 << 20 };
    let mut decoder = png::Decoder::new_with_limits(Cursor::new(bytes), limits);
    decoder.set_ignore_text_chunk(true);
    decoder.set_transformations(Transformations::EXPAND | Transformations::STRIP_16);
    let header = decoder.read_header_info().map_err(damaged)?;
    let (width, height) = (header.width as usize, header.height as usize);
    fits(width, height)?;
    let mut reader = decoder.read_info().map_err(damaged)?;
    let size = reader.output_buffer_size().ok_or(Unread::TooManyPixels)?;
    let mut raw = vec![0; size];
    let frame = reader.next_frame(&mut raw).map_err(damaged)?;
    raw.truncate(frame.buffer_size());
    let samples = frame.color_type.samples();
    let pixel = |pixel: &[u8]| match (frame.color_type, pixel) {
        (ColorType::Rgb, &[r, g, b]) => luma(r, g, b),
        (ColorType::Rgba, &[r, g, b, a]) => on_white(luma(r, g, b), a),
        (ColorType::GrayscaleAlpha, &[grey, a]) => on_white(grey, a),
        (_, pixel) => pixel.first().copied().unwrap_or(u8::MAX),
    };
    Ok(Grey {
        width,
        height,
        pixels: raw.chunks_exact(samples).map(pixel).collect(),
    })
}

/// Brightness of a colour by ITU-R BT.601, in 256ths.
fn luma(r: u8, g: u8, b: u8) -> u8 {
    let sum = 77 * u32::from(r) + 150 * u32::from(g) + 29 * u32::from(b);
    low(sum >> 8)
}

/// What is transparent shows the paper.
fn on_white(grey: u8, alpha: u8) -> u8 {
    let (grey, alpha) = (u32::from(grey), u32::from(alpha));
    low((grey * alpha + 255 * (255 - alpha)) / 255)
}

/// The byte that a mean of bytes is.
fn low(value: u32) -> u8 {
    u8::try_from(value).unwrap_or(u8::MAX)
}

impl Grey {
    /// The mean of each square of so many pixels.
    pub(super) fn shrunk(self, factor: usize) -> Self {
        if factor <= 1 {
            return self;
        }
        let (width, height) = (self.width / factor, self.height / factor);
        let area = low_area(factor);
        let mut pixels = Vec::with_capacity(width * height);
        let mut sums = vec![0_u32; width];
        for y in 0..height {
            sums.fill(0);
            for row in 0..factor {
                let start = (y * factor + row) * self.width;
                let row = &self.pixels[start..start + width * factor];
                for (sum, square) in sums.iter_mut().zip(row.chunks_exact(factor)) {
                    *sum += square.iter().map(|pixel| u32::from(*pixel)).sum::<u32>();
                }
            }
            pixels.extend(sums.iter().map(|sum| low(sum / area)));
        }
        Self {
            width,
            height,
            pixels,
        }
    }

    /// Twice as wide and high, in between the mean of the neighbours.
    pub(super) fn doubled(&self) -> Self {
        let at = |x: usize, y: usize| {
            let (x, y) = (x.min(self.width - 1), y.min(self.height - 1));
            u32::from(self.pixels[y * self.width + x])
        };
        let mut pixels = Vec::with_capacity(4 * self.pixels.len());
        for y in 0..2 * self.height {
            for x in 0..2 * self.width {
                let (left, top) = (x / 2, y / 2);
                let (right, below) = (left + x % 2, top + y % 2);
                let sum = at(left, top) + at(right, top) + at(left, below) + at(right, below);
                pixels.push(low(sum / 4));
            }
        }
        Self {
            width: 2 * self.width,
            height: 2 * self.height,
            pixels,
        }
    }

    /// Each pixel weighed with its neighbours, 1:2:1 in both directions; noise goes.
    pub(super) fn softened(&self) -> Self {
        let mut pixels = self.pixels.clone();
        let width = self.width;
        for y in 1..self.height.saturating_sub(1) {
            let row = |y: usize| &self.pixels[y * width..][..width];
            let (above, here, below) = (row(y - 1), row(y), row(y + 1));
            let column =
                |x: usize| u32::from(above[x]) + 2 * u32::from(here[x]) + u32::from(below[x]);
            for x in 1..width.saturating_sub(1) {
                let sum = column(x - 1) + 2 * column(x) + column(x + 1);
                pixels[y * width + x] = low(sum / 16);
            }
        }
        Self { pixels, ..*self }
    }

    /// Black for white.
    pub(super) fn inverted(&self) -> Self {
        Self {
            pixels: self.pixels.iter().map(|pixel| !pixel).collect(),
            ..*self
        }
    }
}

/// Pixels of a square.
fn low_area(factor: usize) -> u32 {
    u32::try_from(factor * factor).unwrap_or(u32::MAX)
}
