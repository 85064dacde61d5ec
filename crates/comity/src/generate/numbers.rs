//! Numbers in the forms that certificates, reports, models and goods carry.

use super::chance::Chance;
use crate::output::add;

/// Forms of a certificate's number. `Y` is the year in four digits, `y` in two; `#` a digit, `@` a
/// letter; `N` the serial number, which no other dossier has.
const CERTIFICATES: [&[&str]; 12] = [
    &["KM N", "0086-CPR-N", "GB-CERT-y-N"],
    &["SAA-N-EA", "RCM N"],
    &["KS/Y/N"],
    &["Y0108N", "CQC-yN", "0@yQN R0M"],
    &["SG-N-y"],
    &["KZ.0##.N", "ЕАЭС KZ ##000##.##.N"],
    &["ЕАЭС KG ##7/###.KG.N", "KG 417/##.N"],
    &["SA-COC-Y-N", "GSO/y/N"],
    &["EGY-N/Y"],
    &["AE-ECAS-y-N"],
    &["FR_N/M#", "LNA-N rev. #", "y.@.N"],
    &["SN-CC-N-Y"],
];

/// Forms of a report's number.
const REPORTS: [&str; 8] = [
    "Ty-N/R#",
    "RPT-Y-N",
    "@@y/N-#",
    "N.TR.y",
    "WT-Y-N-EMC",
    "L##.N",
    "Y/##/N",
    "TRF-N",
];

/// Digits of a serial number, and as many dossiers as it tells apart.
const SERIALS: u64 = 10_000_000;
/// Steps between the serial numbers of neighbours: no divisor of [`SERIALS`].
const STRIDE: u64 = 7_654_321;

/// The number of a certificate of the dossier `dossier`, in the form that its body keeps to.
pub(super) fn certificate(
    chance: &mut Chance,
    economy: usize,
    style: usize,
    dossier: u64,
    year: i16,
) -> String {
    let forms = CERTIFICATES.get(economy).copied().unwrap_or(&["N"]);
    let form = forms.get(style % forms.len()).copied().unwrap_or("N");
    filled(chance, form, dossier, year)
}

/// The number of a report of that dossier.
pub(super) fn report(chance: &mut Chance, style: usize, dossier: u64, year: i16) -> String {
    let form = REPORTS.get(style % REPORTS.len()).copied().unwrap_or("N");
    filled(chance, form, dossier, year)
}

fn filled(chance: &mut Chance, form: &str, dossier: u64, year: i16) -> String {
    let serial = (dossier * STRIDE + 1_234_567) % SERIALS;
    let mut text = String::with_capacity(form.len() + 8);
    for letter in form.chars() {
        match letter {
            'Y' => add(&mut text, format_args!("{year}")),
            'y' => add(&mut text, format_args!("{:02}", year.rem_euclid(100))),
            '#' => text.push(digit(chance)),
            '@' => text.push(capital(chance)),
            'N' => add(&mut text, format_args!("{serial:07}")),
            letter => text.push(letter),
        }
    }
    text
}

/// A model's number: some letters of the brand, a size, a variant.
pub(super) fn model(chance: &mut Chance, brand: &str) -> String {
    let letters: String = brand.chars().take(2).flat_map(char::to_uppercase).collect();
    let size = chance.between(1, 99) * 50;
    let variant = capital(chance);
    match chance.below(4) {
        0 => format!("{letters}-{size}{variant}"),
        1 => format!("{letters}{size}"),
        2 => format!("{letters} {size}/{}", chance.between(1, 9)),
        _ => format!("{variant}{size}-{letters}{}", chance.between(10, 99)),
    }
}

/// A GTIN of 13 digits with its check digit (GS1 General Specifications, 7.9). It begins with 2,
/// which GS1 gives to nobody.
pub(super) fn gtin(chance: &mut Chance) -> String {
    let digits = format!("2{:011}", chance.below(100_000_000_000));
    let weighted = digits.bytes().enumerate().map(|(at, byte)| {
        let digit = u32::from(byte.saturating_sub(b'0'));
        if at % 2 == 0 { digit } else { digit * 3 }
    });
    let check = (10 - weighted.sum::<u32>() % 10) % 10;
    format!("{digits}{check}")
}

fn digit(chance: &mut Chance) -> char {
    char::from(b'0' + u8::try_from(chance.below(10)).unwrap_or_default())
}

fn capital(chance: &mut Chance) -> char {
    char::from(b'A' + u8::try_from(chance.below(26)).unwrap_or_default())
}
