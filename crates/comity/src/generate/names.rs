//! Names of made-up companies and bodies, each in the script of its language. They are put
//! together of syllables, and each says DEMO.

use super::chance::Chance;
use super::tables::Words;

/// Syllables of a name: in Latin, Cyrillic and Arabic letters, and a Chinese sign with its Latin
/// spelling.
struct Syllable {
    latin: &'static str,
    cyrillic: &'static str,
    arabic: &'static str,
    chinese: &'static str,
    spelt: &'static str,
}

const fn syllable(
    latin: &'static str,
    cyrillic: &'static str,
    arabic: &'static str,
    chinese: &'static str,
    spelt: &'static str,
) -> Syllable {
    Syllable {
        latin,
        cyrillic,
        arabic,
        chinese,
        spelt,
    }
}

const FIRST: [Syllable; 16] = [
    syllable("Vel", "Вел", "فيل", "瑞", "Rui"),
    syllable("Zor", "Зор", "زور", "霓", "Ni"),
    syllable("Qua", "Ква", "كوا", "泽", "Ze"),
    syllable("Mir", "Мир", "مير", "朗", "Lang"),
    syllable("Tal", "Тал", "تال", "睿", "Rui"),
    syllable("Bre", "Бре", "بري", "铭", "Ming"),
    syllable("Nor", "Нор", "نور", "禾", "He"),
    syllable("Kes", "Кес", "كيس", "澜", "Lan"),
    syllable("Lum", "Лум", "لوم", "岚", "Lan"),
    syllable("Dar", "Дар", "دار", "翎", "Ling"),
    syllable("Fen", "Фен", "فين", "煜", "Yu"),
    syllable("Hal", "Хал", "هال", "皓", "Hao"),
    syllable("Jor", "Жор", "جور", "骁", "Xiao"),
    syllable("Pel", "Пел", "بيل", "弘", "Hong"),
    syllable("Sar", "Сар", "سار", "笙", "Sheng"),
    syllable("Wex", "Векс", "ويكس", "琛", "Chen"),
];

const SECOND: [Syllable; 12] = [
    syllable("mo", "мо", "مو", "达", "da"),
    syllable("ri", "ри", "ري", "晟", "sheng"),
    syllable("la", "ла", "لا", "沃", "wo"),
    syllable("ve", "ве", "في", "岳", "yue"),
    syllable("ta", "та", "تا", "启", "qi"),
    syllable("no", "но", "نو", "恒", "heng"),
    syllable("xi", "кси", "كسي", "嘉", "jia"),
    syllable("du", "ду", "دو", "润", "run"),
    syllable("ka", "ка", "كا", "拓", "tuo"),
    syllable("be", "бе", "بي", "锐", "rui"),
    syllable("so", "со", "سو", "景", "jing"),
    syllable("gi", "ги", "جي", "渝", "yu"),
];

const THIRD: [Syllable; 12] = [
    syllable("ra", "ра", "را", "元", "yuan"),
    syllable("dex", "декс", "دكس", "科", "ke"),
    syllable("lin", "лин", "لين", "特", "te"),
    syllable("tar", "тар", "تار", "森", "sen"),
    syllable("nis", "нис", "نيس", "丰", "feng"),
    syllable("von", "вон", "فون", "利", "li"),
    syllable("mar", "мар", "مار", "康", "kang"),
    syllable("quil", "квил", "كويل", "信", "xin"),
    syllable("zan", "зан", "زان", "隆", "long"),
    syllable("pex", "пекс", "بكس", "宏", "hong"),
    syllable("lor", "лор", "لور", "耀", "yao"),
    syllable("kit", "кит", "كيت", "顺", "shun"),
];

/// A made-up word, in the script of each language.
#[derive(Debug)]
pub(super) struct Stem {
    /// In Latin letters, as it is spelt elsewhere.
    pub(super) latin: String,
    /// In the script of its language.
    pub(super) own: String,
}

/// A word for a company of that language.
pub(super) fn stem(chance: &mut Chance, language: &str) -> Stem {
    let parts = [
        chance.one_of(&FIRST),
        chance.one_of(&SECOND),
        chance.one_of(&THIRD),
    ];
    let joined = |part: fn(&Syllable) -> &'static str| -> String {
        parts
            .iter()
            .flatten()
            .map(|syllable| part(syllable))
            .collect()
    };
    let latin = joined(|syllable| syllable.latin);
    let own = match language {
        "zh-Hans" => joined(|syllable| syllable.chinese),
        "ru" => joined(|syllable| syllable.cyrillic),
        "ar" => joined(|syllable| syllable.arabic),
        _ => latin.clone(),
    };
    let latin = match language {
        "zh-Hans" => joined(|syllable| syllable.spelt),
        _ => latin,
    };
    Stem { latin, own }
}

/// A company's name: as it is registered, and in English letters.
#[derive(Debug)]
pub(super) struct Company {
    pub(super) own: String,
    pub(super) english: String,
}

/// The company of that stem and trade, with the legal form of its economy.
pub(super) fn company(chance: &mut Chance, stem: &Stem, trade: &Words, economy: &str) -> Company {
    let [english, chinese, russian, arabic, french] = *trade;
    let Stem { latin, own } = stem;
    let forms: &[&'static str] = match economy {
        "GB" => &["Ltd", "Ltd", "PLC"],
        "AU" => &["Pty Ltd"],
        "KE" => &["Ltd"],
        "CN" => &["有限公司", "有限公司", "股份有限公司", "集团有限公司"],
        "SG" => &["私人有限公司"],
        "KZ" => &["ТОО", "ТОО", "АО"],
        "KG" => &["ОсОО", "ОАО"],
        "FR" => &["SARL", "SAS", "SA"],
        "SN" => &["SARL", "SA"],
        _ => &["ذ.م.م", "ش.م.م"],
    };
    let form = chance.word(forms);
    let (own, form) = match economy {
        "CN" | "SG" => (format!("演示{own}{chinese}{form}"), "Co., Ltd"),
        "KZ" | "KG" => (format!("{form} «ДЕМО-{own}», {russian}"), "LLP"),
        "FR" | "SN" => (format!("DÉMO {own} {french} {form}"), form),
        "GB" | "AU" | "KE" => (format!("DEMO {own} {english} {form}"), form),
        _ => (
            format!("شركة {own} ل{} التجريبية {form}", joined(arabic)),
            "LLC",
        ),
    };
    Company {
        own,
        english: format!("DEMO {latin} {} {form}", capitals(english)),
    }
}

/// An Arabic word after the preposition `ل`, which takes the first letter of the article.
fn joined(word: &str) -> String {
    match word.strip_prefix('ا') {
        Some(rest) if rest.starts_with('ل') => rest.to_owned(),
        _ => word.to_owned(),
    }
}

/// Each word with a capital.
pub(super) fn capitals(words: &str) -> String {
    let word = |word: &str| {
        let mut letters = word.chars();
        let first = letters.next().map(char::to_uppercase);
        first
            .into_iter()
            .flatten()
            .chain(letters)
            .collect::<String>()
    };
    words.split(' ').map(word).collect::<Vec<_>>().join(" ")
}
