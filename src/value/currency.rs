//! Currencies by ISO 4217 code, sign and name.

use std::fmt;

use super::scan::Cursor;

/// The active codes of ISO 4217, list one, in their order.
///
/// Left out are `XTS` and `XXX`, which name no money; kept is `BGN`, in which sums of 2025 were stated.
#[rustfmt::skip] // A row of codes reads better than a column of nearly two hundred.
const CODES: &[&str] = &[
    "AED", "AFN", "ALL", "AMD", "AOA", "ARS", "AUD", "AWG", "AZN", "BAM", "BBD", "BDT", "BGN", "BHD",
    "BIF", "BMD", "BND", "BOB", "BOV", "BRL", "BSD", "BTN", "BWP", "BYN", "BZD", "CAD", "CDF", "CHE",
    "CHF", "CHW", "CLF", "CLP", "CNY", "COP", "COU", "CRC", "CUP", "CVE", "CZK", "DJF", "DKK", "DOP",
    "DZD", "EGP", "ERN", "ETB", "EUR", "FJD", "FKP", "GBP", "GEL", "GHS", "GIP", "GMD", "GNF", "GTQ",
    "GYD", "HKD", "HNL", "HTG", "HUF", "IDR", "ILS", "INR", "IQD", "IRR", "ISK", "JMD", "JOD", "JPY",
    "KES", "KGS", "KHR", "KMF", "KPW", "KRW", "KWD", "KYD", "KZT", "LAK", "LBP", "LKR", "LRD", "LSL",
    "LYD", "MAD", "MDL", "MGA", "MKD", "MMK", "MNT", "MOP", "MRU", "MUR", "MVR", "MWK", "MXN", "MXV",
    "MYR", "MZN", "NAD", "NGN", "NIO", "NOK", "NPR", "NZD", "OMR", "PAB", "PEN", "PGK", "PHP", "PKR",
    "PLN", "PYG", "QAR", "RON", "RSD", "RUB", "RWF", "SAR", "SBD", "SCR", "SDG", "SEK", "SGD", "SHP",
    "SLE", "SOS", "SRD", "SSP", "STN", "SVC", "SYP", "SZL", "THB", "TJS", "TMT", "TND", "TOP", "TRY",
    "TTD", "TWD", "TZS", "UAH", "UGX", "USD", "USN", "UYI", "UYU", "UYW", "UZS", "VED", "VES", "VND",
    "VUV", "WST", "XAD", "XAF", "XAG", "XAU", "XBA", "XBB", "XBC", "XBD", "XCD", "XCG", "XDR", "XOF",
    "XPD", "XPF", "XPT", "XSU", "XUA", "YER", "ZAR", "ZMW", "ZWG",
];

/// The signs that stand for one currency, the longer before those that they begin with.
///
/// `$` alone is the US dollar and `¥` the yen, as in the financial press.
const SIGNS: &[(&str, &str)] = &[
    ("US$", "USD"),
    ("HK$", "HKD"),
    ("NZ$", "NZD"),
    ("NT$", "TWD"),
    ("AU$", "AUD"),
    ("CA$", "CAD"),
    ("R$", "BRL"),
    ("A$", "AUD"),
    ("C$", "CAD"),
    ("S$", "SGD"),
    ("$", "USD"),
    ("€", "EUR"),
    ("£", "GBP"),
    ("¥", "JPY"),
    ("₹", "INR"),
    ("₩", "KRW"),
    ("₽", "RUB"),
    ("₺", "TRY"),
    ("₪", "ILS"),
    ("₫", "VND"),
    ("₴", "UAH"),
    ("₦", "NGN"),
];

/// Names that stand behind an amount, without regard to case, the longer before those that they begin with.
const NAMES: &[(&str, &str)] = &[
    ("dollar", "USD"),
    ("dollars", "USD"),
    ("us dollar", "USD"),
    ("us dollars", "USD"),
    ("american dollars", "USD"),
    ("usd", "USD"),
    ("canadian dollar", "CAD"),
    ("canadian dollars", "CAD"),
    ("australian dollar", "AUD"),
    ("australian dollars", "AUD"),
    ("new zealand dollar", "NZD"),
    ("new zealand dollars", "NZD"),
    ("hong kong dollar", "HKD"),
    ("hong kong dollars", "HKD"),
    ("singapore dollar", "SGD"),
    ("singapore dollars", "SGD"),
    ("euro", "EUR"),
    ("euros", "EUR"),
    ("eur", "EUR"),
    ("pound sterling", "GBP"),
    ("pounds sterling", "GBP"),
    ("british pound", "GBP"),
    ("british pounds", "GBP"),
    ("pounds", "GBP"),
    ("pound", "GBP"),
    ("gbp", "GBP"),
    ("yen", "JPY"),
    ("japanese yen", "JPY"),
    ("yuan", "CNY"),
    ("chinese yuan", "CNY"),
    ("renminbi", "CNY"),
    ("rupee", "INR"),
    ("rupees", "INR"),
    ("indian rupee", "INR"),
    ("indian rupees", "INR"),
    ("won", "KRW"),
    ("swiss franc", "CHF"),
    ("swiss francs", "CHF"),
    ("danish krone", "DKK"),
    ("danish kroner", "DKK"),
    ("norwegian krone", "NOK"),
    ("norwegian kroner", "NOK"),
    ("swedish krona", "SEK"),
    ("swedish kronor", "SEK"),
    ("kronor", "SEK"),
    ("zloty", "PLN"),
    ("zlotys", "PLN"),
    ("forints", "HUF"),
    ("reais", "BRL"),
    ("rand", "ZAR"),
    ("rubles", "RUB"),
    ("roubles", "RUB"),
    ("shekels", "ILS"),
    ("dirhams", "AED"),
    ("riyals", "SAR"),
    ("baht", "THB"),
    ("ringgit", "MYR"),
    ("rupiah", "IDR"),
    ("hryvnia", "UAH"),
    ("mexican pesos", "MXN"),
];

/// Letters that stand before an amount as a code does, and are none of the standard's.
const LETTERS: &[(&str, &str)] = &[("RMB", "CNY"), ("Rs", "INR")];

/// A currency, by its ISO 4217 code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency(&'static str);

impl Currency {
    /// Finds a currency by its code, in capitals as the standard has it.
    pub fn from_code(code: &str) -> Option<Self> {
        CODES.binary_search(&code).ok().and_then(|index| CODES.get(index)).map(|code| Self(code))
    }

    /// Returns the three letters of the code.
    pub fn code(self) -> &'static str {
        self.0
    }

    /// Returns the sign that stands for this currency alone, such as `$` or `A$`, if it has one.
    pub fn sign(self) -> Option<&'static str> {
        // The last is the shortest: `$` rather than `US$`.
        SIGNS.iter().rev().find(|(_, code)| *code == self.0).map(|(sign, _)| *sign)
    }

    /// Takes a sign or a code that comes before an amount.
    pub(crate) fn read_before(cursor: &mut Cursor<'_>) -> Option<Self> {
        // Neither begins with a digit or a small letter, which are what comes next most often.
        if cursor.peek().is_some_and(|c| c.is_ascii_digit() || c.is_ascii_lowercase()) {
            return None;
        }
        Self::read_sign(cursor).or_else(|| Self::read_code(cursor))
    }

    /// Takes a sign, a code or a name that comes after an amount.
    pub(crate) fn read_after(cursor: &mut Cursor<'_>) -> Option<Self> {
        Self::read_before(cursor).or_else(|| Self::read_name(cursor))
    }

    fn read_sign(cursor: &mut Cursor<'_>) -> Option<Self> {
        let (_, code) = SIGNS.iter().find(|(sign, _)| cursor.eat(sign))?;
        Self::from_code(code)
    }

    fn read_code(cursor: &mut Cursor<'_>) -> Option<Self> {
        let word = cursor.word();
        let other = LETTERS.iter().find(|(letters, _)| *letters == word).map(|(_, code)| *code);
        let currency = Self::from_code(other.unwrap_or(word))?;
        cursor.skip(word.len());
        Some(currency)
    }

    fn read_name(cursor: &mut Cursor<'_>) -> Option<Self> {
        let code = cursor.eat_entry(NAMES)?;
        Self::from_code(code)
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sign_and_name_has_a_code_of_the_list() {
        assert!(CODES.is_sorted());
        for (word, code) in SIGNS.iter().chain(NAMES) {
            assert!(Currency::from_code(code).is_some(), "{word}");
        }
        assert_eq!(Currency::from_code("usd"), None);
    }

    #[test]
    fn the_longest_sign_and_name_win() {
        let read = |text| {
            let mut cursor = Cursor::new(text);
            (Currency::read_after(&mut cursor).map(Currency::code), cursor.rest())
        };
        assert_eq!(read("HK$5"), (Some("HKD"), "5"));
        assert_eq!(read("US dollars"), (Some("USD"), ""));
        assert_eq!(read("pounds sterling"), (Some("GBP"), ""));
        assert_eq!(read("Canadian dollars"), (Some("CAD"), ""));
        assert_eq!(read("Canadian sites"), (None, "Canadian sites"));
        assert_eq!(read("roles"), (None, "roles"));
        assert_eq!(Currency::from_code("USD").and_then(Currency::sign), Some("$"));
        assert_eq!(Currency::from_code("CHF").and_then(Currency::sign), None);
    }
}
