//! Where a code stands in a picture, and what its dots say.
//!
//! A photograph is unevenly lit, soft and noisy, so it is looked at in several ways, the likeliest
//! first, until a code is read. Each way parts it into black and white by the brightness around each
//! pixel, and looks for the three squares in the corners of a code (ISO/IEC 18004, 6.3.3). `rqrr`
//! does the rest; its work grows steeply with what looks like such squares, so that is counted
//! here before, by its own rule.

use rqrr::PreparedImage;

use super::picture::Grey;

/// Most work of grouping squares to codes, which copies the picture for pairs of neighbours of each:
/// third power of the squares, times pixels. Of 3 million pixels, six codes are grouped.
const MAX_GROUPED: u64 = 20_000_000_000;
/// Most pixels that `rqrr` may have to paint in one way of looking; a page full of text takes a
/// tenth.
const MAX_PAINTED: u64 = 400_000_000;
/// Most areas that it holds at once; below, each is painted a few times at most.
const HELD_AREAS: usize = 250;
/// Dots along a side of the smallest code (ISO/IEC 18004, 5.1): no picture with less holds one.
const MIN_SIDE: usize = 21;
/// Longest side of a picture that is enlarged to read a small code.
const MAX_ENLARGED: usize = 1_650;
/// Most codes of a picture that are read.
const MAX_CODES: usize = 16;

/// How to part black and white: darker than so many hundredths of the mean of the surroundings,
/// which are a square with sides of that part of the picture.
#[derive(Clone, Copy)]
struct Parting {
    part: usize,
    hundredths: u64,
}

const NEAR: Parting = Parting {
    part: 24,
    hundredths: 90,
};
const WIDE: Parting = Parting {
    part: 8,
    hundredths: 90,
};
const DARK: Parting = Parting {
    part: 12,
    hundredths: 80,
};

/// The different texts in a picture.
pub(super) fn texts(grey: &Grey) -> Vec<String> {
    if grey.width.min(grey.height) < MIN_SIDE {
        return Vec::new();
    }
    let soft = grey.softened();
    let ways: [&dyn Fn() -> Vec<String>; 7] = [
        &|| look(grey, NEAR),
        &|| look(&soft, NEAR),
        &|| look(grey, WIDE),
        &|| look(&soft.clone().shrunk(2), NEAR),
        &|| enlarged(grey),
        &|| look(&soft, DARK),
        &|| look(&soft.inverted(), NEAR),
    ];
    let found = ways.iter().map(|way| way()).find(|texts| !texts.is_empty());
    found.unwrap_or_default()
}

fn enlarged(grey: &Grey) -> Vec<String> {
    if grey.width.max(grey.height) > MAX_ENLARGED {
        return Vec::new();
    }
    look(&grey.doubled(), NEAR)
}

/// The texts that are read with one parting.
fn look(grey: &Grey, parting: Parting) -> Vec<String> {
    if grey.width.min(grey.height) < MIN_SIDE {
        return Vec::new();
    }
    let bits = parted(grey, parting);
    let areas = Areas::of(grey.width, &bits);
    let Some(corners) = corners(grey.width, &bits, &areas) else {
        return Vec::new();
    };
    let grouped = corners.saturating_pow(3).saturating_mul(bits.len() as u64);
    if corners < 3 || grouped > MAX_GROUPED {
        return Vec::new();
    }
    let mut prepared = PreparedImage::prepare_from_bitmap(grey.width, grey.height, |x, y| {
        bits[y * grey.width + x]
    });
    let grids = prepared.detect_grids();
    let mut texts = Vec::new();
    for grid in grids.iter().take(MAX_CODES) {
        if let Ok((_, text)) = grid.decode()
            && !texts.contains(&text)
        {
            texts.push(text);
        }
    }
    texts
}

/// Which pixels are black.
fn parted(grey: &Grey, parting: Parting) -> Vec<bool> {
    let (width, height) = (grey.width, grey.height);
    // Sums of all pixels above and to the left; in 25 million pixels they stay below 2^33.
    let mut sums = vec![0_u64; (width + 1) * (height + 1)];
    for (y, row) in grey.pixels.chunks_exact(width).enumerate() {
        let mut sum = 0;
        for (x, pixel) in row.iter().enumerate() {
            sum += u64::from(*pixel);
            sums[(y + 1) * (width + 1) + x + 1] = sums[y * (width + 1) + x + 1] + sum;
        }
    }
    let reach = (width.max(height) / parting.part / 2).max(1);
    let mut bits = Vec::with_capacity(width * height);
    for (y, row) in grey.pixels.chunks_exact(width).enumerate() {
        let (top, bottom) = (y.saturating_sub(reach), (y + reach + 1).min(height));
        let above = &sums[top * (width + 1)..][..=width];
        let below = &sums[bottom * (width + 1)..][..=width];
        for (x, pixel) in row.iter().enumerate() {
            let (left, right) = (x.saturating_sub(reach), (x + reach + 1).min(width));
            let sum = below[right] + above[left] - below[left] - above[right];
            let count = ((bottom - top) * (right - left)) as u64;
            bits.push(u64::from(*pixel) * count * 100 < sum * parting.hundredths);
        }
    }
    bits
}

/// Connected black areas: which one each run of black pixels belongs to.
struct Areas {
    /// Runs in order: where each begins (an index into the pixels), and the run it was joined to.
    runs: Vec<(usize, usize)>,
    /// How many pixels the area has whose first run this is.
    sizes: Vec<u64>,
}

impl Areas {
    /// Joins runs of neighbouring rows that touch by a side.
    fn of(width: usize, bits: &[bool]) -> Self {
        let mut areas = Self {
            runs: Vec::new(),
            sizes: Vec::new(),
        };
        // Runs of the row above and of this one, as begin, end and index.
        let (mut above, mut here) = (Vec::new(), Vec::new());
        for (y, row) in bits.chunks_exact(width).enumerate() {
            here.clear();
            let mut x = 0;
            while x < width {
                let black = row[x];
                let end = x + row[x..].iter().take_while(|bit| **bit == black).count();
                if black {
                    let run = areas.runs.len();
                    areas.runs.push((y * width + x, run));
                    areas.sizes.push((end - x) as u64);
                    here.push((x, end, run));
                }
                x = end;
            }
            let mut first = 0;
            for &(begin, end, run) in &here {
                while above.get(first).is_some_and(|&(_, to, _)| to <= begin) {
                    first += 1;
                }
                let touching = above[first..].iter().take_while(|&&(from, ..)| from < end);
                for &(_, _, other) in touching {
                    areas.join(run, other);
                }
            }
            std::mem::swap(&mut above, &mut here);
        }
        areas
    }

    fn root(&self, mut run: usize) -> usize {
        while self.runs[run].1 != run {
            run = self.runs[run].1;
        }
        run
    }

    /// The smaller area is joined to the larger, so that a way to a root stays short.
    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        if one == other {
            return;
        }
        let (small, large) = if self.sizes[one] < self.sizes[other] {
            (one, other)
        } else {
            (other, one)
        };
        self.runs[small].1 = large;
        self.sizes[large] += self.sizes[small];
    }

    /// The area of the run that begins at a pixel.
    fn at(&self, pixel: usize) -> usize {
        let run = self.runs.partition_point(|(begin, _)| *begin <= pixel);
        self.root(run.saturating_sub(1))
    }
}

/// How many squares `rqrr` will take for corners; `None` where looking at them takes too long.
fn corners(width: usize, bits: &[bool], areas: &Areas) -> Option<u64> {
    let mut rings = Vec::new();
    let mut looked_at = Vec::new();
    let mut painted = 0;
    for (y, row) in bits.chunks_exact(width).enumerate() {
        for [left, stone, right] in crossings(row) {
            let at = |x: usize| areas.at(y * width + x);
            let (left, stone, right) = (at(left), at(stone), at(right));
            let (ring_size, stone_size) = (areas.sizes[right], areas.sizes[stone]);
            painted += ring_size + stone_size;
            looked_at.extend([stone, right]);
            let share = stone_size * 100 / ring_size;
            if left == right && stone != right && (11..70).contains(&share) {
                rings.push(right);
            }
        }
    }
    for found in [&mut rings, &mut looked_at] {
        found.sort_unstable();
        found.dedup();
    }
    let repainted = looked_at.len() > HELD_AREAS && painted > MAX_PAINTED;
    (!repainted).then_some(rings.len() as u64)
}

/// Where five runs of a row, black at both ends, are as long as 1:1:3:1:1, each up to three quarters
/// off: the beginnings of the first, third and fifth.
fn crossings(row: &[bool]) -> Vec<[usize; 3]> {
    let mut begins = Vec::new();
    let mut last = false;
    for (x, bit) in row.iter().enumerate() {
        if *bit != last {
            begins.push(x);
        }
        last = *bit;
    }
    if last {
        begins.push(row.len());
    }
    // Runs begin with a black one, so that every second window does.
    let windows = begins.windows(6).step_by(2);
    let fitting = windows.filter(|window| {
        let length = |run: usize| window[run + 1] - window[run];
        let mean = (length(0) + length(1) + length(3) + length(4)) / 4;
        let slack = mean * 3 / 4;
        (0..5).all(|run| {
            let wanted = if run == 2 { 3 * mean } else { mean };
            (wanted - slack..=wanted + slack).contains(&length(run))
        })
    });
    fitting
        .map(|window| [window[0], window[2], window[4]])
        .collect()
}
