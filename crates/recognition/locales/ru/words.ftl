# Слова, которые стоят сами по себе: статусы, виды, заключения, и как пишутся даты. Термины — по
# ГОСТ ISO/IEC 17000.

not-said = (не указано)
list-separator = {", "}
# Между тем, из чего достаточно одного.
list-or = {" или "}
# Сторона: название и идентификатор.
party = { $name } ({ $did })

## Даты

day = { $day } { $month ->
    [1] января
    [2] февраля
    [3] марта
    [4] апреля
    [5] мая
    [6] июня
    [7] июля
    [8] августа
    [9] сентября
    [10] октября
    [11] ноября
   *[12] декабря
} { $year } г.
moment = { $day }, { $time } UTC
between = не ранее { $from } и не позднее { $to }

## Заключения

result-recognised = признаётся
result-recognisedWithConditions = признаётся с условиями
result-resultsOnly = только результаты
result-cannotTell = нельзя сказать
result-notRecognised = не признаётся

## Итог проверки

outcome-pass = выполнено
outcome-warn = выполнено, но есть что учесть
outcome-asked = ещё есть требования
outcome-unknown = нельзя сказать
outcome-fail = не выполнено
outcome-notApplicable = не требуется

## Статусы записи

state-active = действует
state-pending = ещё не действует
state-partiallySuspended = приостановлено частично
state-suspended = приостановлено
state-superseded = заменено
state-transferred = передано
state-withdrawn = отменено
state-annulled = аннулировано
state-expired = срок истёк
state-unknown = неизвестно

## Виды записей

kind-Attestation = документ об оценке соответствия
kind-CompetenceGrant = полномочие
kind-Arrangement = договорённость
kind-Participation = участие
kind-StatusEvent = изменение статуса
kind-Registration = регистрация
kind-KeyRevocation = отзыв ключа
kind-FederationList = список федерации
kind-MemberKeys = ключи участника
kind-Standard = стандарт
kind-ImportRule = правило ввоза
kind-Commitment = фиксация
kind-Notice = уведомление
kind-Takedown = снятие с публикации
kind-CoverageStatement = заявление о полноте

## Виды документов об оценке соответствия

attestation-productCertificate = сертификат на продукцию
attestation-typeExamination = сертификат исследования типа
attestation-typeApproval = одобрение типа
attestation-msCertificate = сертификат системы менеджмента
attestation-personCertificate = сертификат персонала
attestation-testReport = протокол испытаний
attestation-inspectionReport = отчёт об инспекции
attestation-inspectionCertificate = свидетельство об инспекции
attestation-calibrationCertificate = сертификат калибровки
attestation-refMaterialCertificate = паспорт стандартного образца
attestation-ptReport = отчёт о проверке квалификации
attestation-vvStatement = заявление о валидации или верификации
attestation-declaration = декларация о соответствии
attestation-permit = разрешение
attestation-consignmentCertificate = сертификат на партию
attestation-shipmentCertificate = сертификат на отгрузку

## К кому обратиться

who-issuer = выдавший орган
who-authority = уполномоченный орган, зарегистрировавший выдавший орган
who-grantor = предоставивший полномочие
who-laboratory = лаборатория
who-standardsBody = орган по стандартизации
who-destination = уполномоченный орган места назначения
who-successor = орган, принимающий документ
who-importer = импортёр реестра
who-logOperator = оператор журнала
who-secretariat = секретариат договорённости
who-policyKeeper = тот, кто ведёт политику
who-asker = вы сами
who-holder = держатель сертификата
who-keyholders = те, кто подписывает список федерации

## На чём основано заключение

basis-destinationSigned = на подписи органа места назначения
basis-partiesSigned = на подписях других сторон или секретариата, а не самого места назначения
basis-transcribed = на открытом тексте, переписанном третьим лицом и не подписанном ни одной из сторон
basis-none = ни на чьей подписи

## К чему обязуется место назначения

degree-competence = считает аккредитации другой стороны равноценными
degree-results = принимает результаты другой стороны, но выдаёт собственное одобрение
degree-certificates = принимает сертификат другой стороны как собственный
degree-bodies = включает в перечень органы другой стороны, работающие по его правилам
degree-rules = что законно там, законно и здесь

## Что происходит с записью

action-suspend = приостановлено
action-reinstate = возобновлено
action-reduceScope = область сокращена
action-extendScope = область расширена
action-withdraw = отменено
action-annul = аннулировано
action-amend = исправлено
action-supersede = заменено
action-disown = не подтверждено лабораторией
action-refuseRecognition = отказано в признании
action-restoreRecognition = признание восстановлено
action-observed = при просмотре не изменилось
action-transfer = передано другому органу

## В каком качестве

capacity-issuer = выдавший орган
capacity-grantor = предоставивший полномочие
capacity-authority = уполномоченный орган
capacity-destinationAuthority = уполномоченный орган места назначения
capacity-court = суд
capacity-laboratory = лаборатория

## Почему изменился статус

reason-surveillanceNotPermitted = инспекционный контроль не допущен
reason-nonconformity = несоответствие
reason-nonPayment = неуплата
reason-voluntary = по просьбе держателя
reason-bodyCeased = орган прекратил деятельность
reason-accreditationLost = утрата аккредитации
reason-standardSuperseded = стандарт заменён
reason-fictitiousReport = вымышленный протокол
reason-supportingReportNotConfirmed = протокол, на котором основан документ, не подтверждён
reason-misuseOfMark = неправомерное применение знака
reason-safetyRisk = угроза безопасности
reason-legislationReplaced = законодательство заменено
reason-clericalError = техническая ошибка
reason-courtOrder = решение суда
reason-sanction = санкции
reason-keyCompromise = компрометация ключа
reason-duplicate = дубликат
reason-unknownCause = причина неизвестна

## Почему никто не заявляет, что больше ничего не известно

statement-missing = в пакете нет заявления о статусе
statement-signerNotListed = в политике нет ключа, которым подписано заявление о статусе
statement-otherRecord = заявление о статусе относится к другой записи
statement-otherDestination = заявление о статусе относится к другому месту назначения
statement-otherDay = заявление о статусе сделано до этой даты и относится к другой
statement-otherMoment = заявление о статусе сделано в другой момент
statement-recordMissing = записи, названной в заявлении о статусе, нет в пакете
statement-recordNotListed = в пакете есть запись, не названная в заявлении о статусе
statement-otherHeads = в заявлении о статусе названы другие состояния журналов
statement-otherContents = заявление о статусе сделано для другого содержимого

## Что требует одно требование правила ввоза, по частям

requirement = { $sort }: { $parts }
requirement-between = {"; "}
requirement-any-edition = { $standard } (любое издание)
requirement-kinds = { $values }
requirement-standards = по стандарту: { $values }
requirement-regulations = по регламенту: { $values }
requirement-schemes = по схеме: { $values }
requirement-issuers = выдавший орган: { $values }
requirement-economies = экономика выдавшего органа: { $values }
requirement-grants = выдавший орган имеет: { $values }
requirement-issued-from = выдано не ранее: { $values }
requirement-deviation = пункт { $clause } стандарта { $standard }, отклонение: { $economy }
requirement-languages = { $values }

## Что напечатано на бумаге и как это соотносится с записью

paper-number = номер
paper-holder = держатель
paper-manufacturer = изготовитель
paper-factory = производственная площадка
paper-model = модель
paper-gtin = GTIN
paper-serial = серийный номер
paper-lot = партия
paper-quantity = количество
paper-codes = код продукции
paper-standard = стандарт
paper-issuedOn = дата выдачи
paper-validUntil = последний день действия
paper-scope = область
mark-same = Совпадает
mark-covered = Охвачено записью
mark-differs = Не совпадает
mark-reading = Должен прочесть человек
mark-notSaid = В записи не сказано

## How a record rests on something, and what is said where none does

relation-issuedBy = выдано им
relation-standard = заявляет соответствие стандарту
relation-grant = опирается на полномочие
relation-testReport = опирается на протокол испытаний
relation-inspection = опирается на инспекцию
relation-audit = опирается на аудит
relation-componentCertificate = опирается на сертификат на комплектующее
impact-unknown = Под этим именем здесь ничего не известно. Это не значит, что всё в порядке: опирается ли на него что-либо, отсюда сказать нельзя. Проверьте, так ли оно написано, как в записи, и спросите там, где она выдана.
impact-none = Ничто из того, что здесь хранится, на него не опирается.
