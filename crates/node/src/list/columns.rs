//! What the columns of a list are called, in five languages and as spreadsheets spell it.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// A column that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// Number, identifier, digest or link of the certificate.
    Number,
    /// Who issued it.
    Issuer,
    /// What it is used for: an HS code, a GTIN, a model, or words.
    Product,
    /// HS code.
    Hs,
    /// Model.
    Model,
    /// GTIN.
    Gtin,
    /// Where it is to count.
    Place,
    /// The legal day.
    Day,
}

impl Column {
    /// Every column.
    pub const ALL: [Self; 8] = [
        Self::Number,
        Self::Issuer,
        Self::Product,
        Self::Hs,
        Self::Model,
        Self::Gtin,
        Self::Place,
        Self::Day,
    ];

    /// Its name in English, as the first line of a list may spell it.
    pub fn name(self) -> &'static str {
        self.spellings()[0]
    }

    /// Folded spellings, the surest first. A column that is merely a date is none of these: it may
    /// be the day of issue.
    pub(super) fn spellings(self) -> &'static [&'static str] {
        match self {
            Self::Number => NUMBER,
            Self::Issuer => ISSUER,
            Self::Product => PRODUCT,
            Self::Hs => HS,
            Self::Model => MODEL,
            Self::Gtin => GTIN,
            Self::Place => PLACE,
            Self::Day => DAY,
        }
    }

    /// How surely a heading means this column, 0 being the surest.
    pub(super) fn rank(self, heading: &str) -> Option<usize> {
        let folded = fold(heading);
        let mut spellings = self.spellings().iter();
        spellings.position(|spelling| *spelling == folded)
    }
}

/// A heading as it is compared: letters, digits and №, in lower case, without accents and vowel
/// signs. NFKC makes `№` into `no`.
pub(super) fn fold(heading: &str) -> String {
    heading
        .nfkd()
        .filter(|c| c.is_alphanumeric() && !is_combining_mark(*c) && *c != '\u{640}')
        .flat_map(char::to_lowercase)
        // The breve of `й` is a part of the letter; what was taken off is taken off everywhere.
        .collect()
}

const NUMBER: &[&str] = &[
    "number",
    "certificatenumber",
    "certificateno",
    "certificatenr",
    "certno",
    "certnumber",
    "certnum",
    "certificateid",
    "certificate",
    "cert",
    "reportnumber",
    "reportno",
    "documentnumber",
    "registrationnumber",
    "no",
    "nr",
    "num",
    // French
    "numero",
    "numeroducertificat",
    "numerodecertificat",
    "ncertificat",
    "ncertificate",
    "nocertificat",
    "noducertificat",
    "nodecertificat",
    "nducertificat",
    "ndecertificat",
    "certificat",
    "n",
    // Russian
    "номер",
    "номерсертификата",
    "noсертификата",
    "сертификат",
    "номердокумента",
    "регистрационныиномер",
    "номердекларации",
    // Chinese
    "编号",
    "证书编号",
    "证书号",
    "证书号码",
    "号码",
    "证书",
    "报告编号",
    "報告編號",
    "證書編號",
    // Arabic
    "رقم",
    "الرقم",
    "رقمالشهادة",
    "رقمشهادة",
    "الشهادة",
    "شهادة",
    // Other names of a record
    "id",
    "identifier",
    "digest",
    "link",
    "url",
    "record",
    "qr",
    "identifiant",
    "lien",
    "идентификатор",
    "ссылка",
    "标识",
    "链接",
    "المعرف",
    "معرف",
    "رابط",
    "الرابط",
];

const ISSUER: &[&str] = &[
    "issuer",
    "issuedby",
    "issuingbody",
    "certificationbody",
    "body",
    "laboratory",
    "lab",
    "issuerid",
    "emetteur",
    "delivrepar",
    "organisme",
    "organismedecertification",
    "organismecertificateur",
    "laboratoire",
    "орган",
    "органпосертификации",
    "выдан",
    "выдавшииорган",
    "лаборатория",
    "кемвыдан",
    "发证机构",
    "颁发机构",
    "签发机构",
    "认证机构",
    "机构",
    "发证机关",
    "实验室",
    "الجهة",
    "جهةالاصدار",
    "الجهةالمصدرة",
    "جهةالاصداروالتصديق",
    "المصدر",
    "المختبر",
    "جهةمنحالشهادة",
];

const PRODUCT: &[&str] = &[
    "product",
    "goods",
    "item",
    "article",
    "commodity",
    "productdescription",
    "productname",
    "produit",
    "marchandise",
    "produits",
    "продукция",
    "продукт",
    "товар",
    "изделие",
    "наименованиепродукции",
    "产品",
    "产品名称",
    "商品",
    "货物",
    "品名",
    "المنتج",
    "منتج",
    "البضاعة",
    "السلعة",
];

const HS: &[&str] = &[
    "hs",
    "hscode",
    "hsno",
    "hs6",
    "tariffcode",
    "tariff",
    "customscode",
    "commoditycode",
    "cncode",
    "hts",
    "codesh",
    "sh",
    "codedouanier",
    "nomenclature",
    "тнвэд",
    "кодтнвэд",
    "кодтнвэдеаэс",
    "тнвэдеаэс",
    "hs编码",
    "海关编码",
    "商品编码",
    "税号",
    "hs代码",
    "رمزالنظامالمنسق",
    "البندالجمركي",
    "النظامالمنسق",
    "رمزhs",
];

const MODEL: &[&str] = &[
    "model",
    "modelnumber",
    "modelno",
    "type",
    "modele",
    "модель",
    "型号",
    "产品型号",
    "规格型号",
    "الطراز",
    "طراز",
    "الموديل",
];

const GTIN: &[&str] = &[
    "gtin",
    "ean",
    "barcode",
    "upc",
    "codebarres",
    "штрихкод",
    "条码",
    "商品条码",
    "الباركود",
];

const PLACE: &[&str] = &[
    "place",
    "in",
    "destination",
    "market",
    "country",
    "economy",
    "usedin",
    "destinationcountry",
    "importingcountry",
    "lieu",
    "pays",
    "marche",
    "economie",
    "paysdedestination",
    "страна",
    "место",
    "рынок",
    "странаназначения",
    "экономика",
    "地点",
    "国家",
    "市场",
    "目的国",
    "目的地",
    "经济体",
    "使用地",
    "المكان",
    "البلد",
    "الدولة",
    "السوق",
    "بلدالوجهة",
    "الوجهة",
    "الاقتصاد",
];

const DAY: &[&str] = &[
    "day",
    "on",
    "legalday",
    "checkon",
    "validon",
    "usedon",
    "dayofuse",
    "dateofuse",
    "jour",
    "jourdutilisation",
    "datedutilisation",
    "день",
    "надату",
    "датаиспользования",
    "датапроверки",
    "判定日期",
    "使用日期",
    "适用日期",
    "اليوم",
    "تاريخالاستخدام",
    "يومالاستخدام",
];
