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
column-depth = Шаг
column-how = Как
column-name = Название
column-holder = Держатель
column-issuer = Кем выдано
column-state = Состояние
column-through = Через
column-record = Запись
impact-alone = Совпал только номер: { $alone } из { $found }. Эти записи не говорят, чей это номер, или называют его другим идентификатором.
impact-cut = Записей может быть больше, чем эти { $found }; спросите с большим --limit (до 10000).
column-kind = Вид
column-from = С
column-what = Что
column-as = В качестве
column-by = Кем
column-logged = В журнале
column-facet = Признак
column-value = Значение
column-count = Число
column-validUntil = Действует до
label-kind = вид
label-state = состояние
label-number = номер
label-holder = держатель
label-issuer = кем выдано
label-authority = орган
label-standards = стандарты
label-economies = экономики
label-issuedOn = выдано
label-validFrom = действует с
label-validUntil = действует до
label-imported = взято из
label-sourceId = номер там
label-fetchedOn = взято
label-log = журнал
label-logIndex = место
label-loggedAt = внесено
label-id = идентиф.
label-digest = хеш
label-asOf = на момент
label-citeAs = ссылка
label-promises = обещает
label-brokenBy = НАРУШЕНО
made-up = ВЫМЫШЛЕНО для показа
promise-kinds = каждую запись вида { $kinds }, выданную с { $since }, в течение { $hours } ч после конца его дня; кем выдан:
promise-until = выданную до { $until }
promise-late = { $id }, выдал { $issuer }: срок { $due }, внесено { $logged }
promise-cut = просмотрено не всё у каждого, чтобы найти внесённое поздно
several-fit = Подходит несколько записей: спросите ещё раз с идентификатором или хешем одной из них.
nothing-happened = С тех пор как запись внесена в журнал, с ней ничего не произошло.
not-held = { $node } не хранит записи под именем { $name }
not-held-help = поищите по словам: { $command }
not-held-notices = { $node } не хранит записи под именем { $name }, но хранит уведомления об этом номере
not-held-notices-help = прочтите их: { $command }
found-count = записей: { $shown }
found-of = записей: { $shown } из { $total }; --all покажет все
found-of-more = записей: { $shown } из не менее чем { $total }; --all покажет все
found-meant = Ничего не найдено. Может быть, { $meant }?
found-alike = Ничего не найдено. Похожие номера или отличающиеся одной цифрой: { $numbers }
found-nothing = Ничего не найдено. Уберите фильтр или возьмите меньше слов.
facet-kind = вид
facet-issuerEconomy = экономика выдачи
facet-issuer = кем выдано
facet-standard = стандарт
facet-hs = код ТН
facet-year = год
facet-status = состояние
step-integrity = целостность
step-identity = тождество
step-registration = регистрация
step-log = журнал
step-status = состояние
step-territory = территория
step-dates = даты
step-product = продукция
step-competence = полномочие
step-accreditor = аккредитация
step-evidenceChain = основания
step-arrangement = договорённость
step-standard = стандарт
step-importRule = правило ввоза
step-claims = заявления
legal = Вычислено по опубликованным и подписанным записям согласно политике этого узла; это не юридическое решение.
legal-demo = ДЕМО: здесь нет ничего настоящего. Вычислено по вымышленным записям согласно вымышленной политике; это не юридическое решение.
legal-offline = Вычислено по записям из пакета согласно вашей собственной политике; это не юридическое решение.
computed-here = эта программа, по одному лишь пакету
list-columns = В этих столбцах ничего не сравнивалось: { $columns }
list-changed = изменилось или новых строк: { $n }
list-left = строк прежнего файла, о которых теперь не спрошено: { $n }
list-new = новая
list-product-in-words = Продукция в списке названа словами и не сравнивалась.
repeat-same = то же самое побайтно: { $verdict } ({ $reference })
repeat-same-now = то же самое по нынешним доказательствам: { $verdict } ({ $reference })
repeat-differs = отличается: тогда { $then }, теперь { $now }
repeat-at = { $at }: тогда { $then }, теперь { $now }
repeat-step = шаг { $step }
repeat-only-place = отличается вопрос или места в журналах, больше ничего
notices-heading = Уведомления (заключения не решают)
notices-more = и ещё: { $all }
notice-by = { $sort }: { $name } ({ $id }), { $since }: { $text }
notice-reply = ОТВЕТ, { $answer }
notice-forgedCertificate = ПОДДЕЛЬНЫЙ СЕРТИФИКАТ
notice-misuse = ЗЛОУПОТРЕБЛЕНИЕ
notice-confirmationRequest = ЗАПРОС ПОДТВЕРЖДЕНИЯ
notice-confirmationReply = ОТВЕТ
notice-response = ВОЗРАЖЕНИЕ
notice-number = о номере { $number }
notice-number-of = о номере { $number }, чей: { $issuer }
notice-party = о стороне { $party }
notice-asked = спрошено у { $whom }, до { $due }: { $answered }
notice-answered = ответ дан { $day }
notice-terms = условия: { $text }
notice-basis = основание: { $text }
notice-id = идентификатор: { $text }
verify-genuine = { $place }: подлинно, вид: { $kind }, подписали: { $signers }
verify-digest = хеш записи { $digest }
verify-not-genuine = { $place }: НЕ ПОДЛИННО:
verify-empty = { $file }: файл пуст
request-open = ещё открыто
request-noAnswerByTheDay = к сроку ответа нет
