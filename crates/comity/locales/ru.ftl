# Слова вокруг заключений в командной строке.

not-said = (не указано)
hypothetical = ПРЕДПОЛОЖЕНИЕ
headline = { $result }: { $economy }, на { $day }
    .capped = { $result }, не выше уровня { $level }: { $economy }, на { $day }
result-recognised = ПРИЗНАЁТСЯ
result-recognisedWithConditions = ПРИЗНАЁТСЯ С УСЛОВИЯМИ
result-resultsOnly = ТОЛЬКО РЕЗУЛЬТАТЫ
result-notRecognised = НЕ ПРИЗНАЁТСЯ
result-cannotTell = НЕЛЬЗЯ СКАЗАТЬ
still-to-do = ещё выполнить: { $text }
by-policy = по политике этого узла: { $text }
fits-too = подходит также: { $id }, выдал { $issuer }
holds-until = заключение верно по { $day }
from-bundle = из пакета: что было известно на { $knownAt }; давность: { $age }
rests = основано { $basis }
known-from = по журналу { $origin }, число записей: { $size }
file-number = номер дела { $number }
reference = номер заключения { $reference }, вычислено: { $by }
demo = Вымышленный мир для показа: в нём нет ничего настоящего.
decides = ← решает
compared = { $field }: на бумаге { $paper }; в записи { $record }. { $mark }
    .silent = { $field }: на бумаге { $paper }. { $mark }
evidence = доказательство { $digest }
ask = кого спросить: { $whom }. { $ask }
column-line = Строка
column-verdict = Заключение
column-decidedBy = Решающий шаг
column-summary = Кратко
column-until = Верно по
column-reference = Номер
column-notices = Уведомления
column-number = Номер
column-in = Где
column-why = Почему
column-before = Раньше
rule = правило: { $title }, { $basis }
    .reading = правило: { $title } (нужно прочитать), { $basis }
requirement-missing = недостаёт
requirement-not-judged = среди рассмотренных не найдено
requirement-answered = выполнено
requirement-to-do = выполнить
counting = { $number } { $name } ({ $issuer }): { $verdict }, ещё выполнить: { $open }
ask-whom = кого спросить: { $whom }
age-days = { $n ->
    [one] { $n } день
    [few] { $n } дня
   *[many] { $n } дней
}
age-hours = { $n ->
    [one] { $n } час
    [few] { $n } часа
   *[many] { $n } часов
}
age-minutes = { $n ->
    [one] { $n } минута
    [few] { $n } минуты
   *[many] { $n } минут
}
age-seconds = { $n ->
    [one] { $n } секунда
    [few] { $n } секунды
   *[many] { $n } секунд
}
