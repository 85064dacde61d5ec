//! Chance that is the same in every run: numbers from a seed, and who is drawn how often.
//!
//! Only whole numbers are used, so that every machine draws the same.

use comity_signature::digest::sha256;

/// Weight of the first rank of a Zipf distribution; a rank has this, divided by it.
const ZIPF_SCALE: u64 = 1 << 32;

/// A sequence of numbers made of a seed (`SplitMix64`: Steele, Lea, Flood, OOPSLA 2014).
#[derive(Clone, Debug)]
pub(super) struct Chance(u64);

impl Chance {
    /// The sequence for thing `number` of that sort. Each is made without the others, so that
    /// every core can make its own.
    pub(super) fn of(seed: u64, sort: &str, number: u64) -> Self {
        let digest = sha256(format!("comity generate {seed} {sort} {number}").as_bytes());
        let (first, _) = digest.split_at(8);
        Self(
            first
                .iter()
                .fold(0, |sum, byte| sum << 8 | u64::from(*byte)),
        )
    }

    /// The sequence from these bits.
    #[cfg(test)]
    pub(super) fn raw(bits: u64) -> Self {
        Self(bits)
    }

    /// The next 64 bits.
    pub(super) fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `limit`; 0 where there is none.
    pub(super) fn below(&mut self, limit: u64) -> u64 {
        let wide = u128::from(self.bits()) * u128::from(limit);
        u64::try_from(wide >> 64).unwrap_or_default()
    }

    /// A number from `least` to `most`, both included.
    pub(super) fn between(&mut self, least: u64, most: u64) -> u64 {
        least + self.below(most.saturating_sub(least) + 1)
    }

    /// A number of days from `least` to `most`, both included.
    pub(super) fn days(&mut self, least: u32, most: u32) -> i32 {
        let days = self.between(least.into(), most.into());
        i32::try_from(days).unwrap_or(i32::MAX)
    }

    /// Whether something that is so in `in_thousand` of a thousand cases is so here.
    pub(super) fn is(&mut self, in_thousand: u64) -> bool {
        self.below(1_000) < in_thousand
    }

    /// A place in a list of that length.
    pub(super) fn place(&mut self, length: usize) -> usize {
        usize::try_from(self.below(length as u64)).unwrap_or_default()
    }

    /// One of these.
    pub(super) fn one_of<'a, T>(&mut self, choice: &'a [T]) -> Option<&'a T> {
        choice.get(self.place(choice.len()))
    }

    /// One of these words; none where there is none.
    pub(super) fn word(&mut self, choice: &[&'static str]) -> &'static str {
        self.one_of(choice).copied().unwrap_or_default()
    }
}

/// Places of a list, some drawn more often than others.
#[derive(Clone, Debug, Default)]
pub(super) struct Odds {
    /// For each place the sum of the weights up to it, its own included.
    sums: Vec<u64>,
}

impl Odds {
    /// Each place by its weight.
    pub(super) fn of(weights: impl IntoIterator<Item = u64>) -> Self {
        let mut sum = 0;
        let sums = weights.into_iter().map(|weight| {
            sum += weight;
            sum
        });
        Self {
            sums: sums.collect(),
        }
    }

    /// The first place twice as often as the second, three times as often as the third: Zipf's
    /// law with exponent 1.
    pub(super) fn zipf(length: usize) -> Self {
        Self::of((1..=length as u64).map(|rank| ZIPF_SCALE / rank))
    }

    /// A place.
    pub(super) fn draw(&self, chance: &mut Chance) -> usize {
        let at = chance.below(self.sums.last().copied().unwrap_or_default());
        self.sums.partition_point(|sum| *sum <= at)
    }

    /// How many places there are.
    pub(super) fn len(&self) -> usize {
        self.sums.len()
    }
}
