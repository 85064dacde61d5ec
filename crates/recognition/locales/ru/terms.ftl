# Words of the closed lists of records, as pages show what a record says. The term of each is that of
# ISO/IEC 17000 as far as it has one (docs/adding-a-language.md).

## Kinds of grants of competence

grantType-accreditation = аккредитация
grantType-designation = назначение
grantType-notification = нотификация
grantType-cmc = калибровочные и измерительные возможности
grantType-peerAssessment = взаимная оценка
grantType-schemeMembership = участие в схеме
grantType-approval = утверждение

## Activities of conformity assessment

activity-testing = испытания
activity-calibration = калибровка
activity-medicalTesting = медицинские исследования
activity-inspection = инспекция
activity-msCertification = сертификация систем менеджмента
activity-productCertification = сертификация продукции
activity-personCertification = сертификация персонала
activity-validation = валидация
activity-verification = верификация
activity-ptProvision = проведение проверок квалификации
activity-rmProduction = производство стандартных образцов
activity-biobanking = деятельность биобанка
activity-typeApproval = утверждение типа
activity-permit = выдача разрешений

## Whether a scope is closed

flexibility-fixed = фиксированная: только перечисленное
flexibility-flexibleMethod = гибкая: методы могут меняться
flexibility-flexibleProduct = гибкая: продукция может меняться

## Sorts of arrangements

arrangementType-governmentMra = межправительственное соглашение о взаимном признании
arrangementType-accreditationMla = многостороннее соглашение о признании между органами по аккредитации
arrangementType-metrologyMra = договорённость о взаимном признании в метрологии
arrangementType-certificationSystem = система сертификации
arrangementType-certificateRecognition = признание сертификатов
arrangementType-harmonisedRegime = гармонизированный режим
arrangementType-equivalence = эквивалентность
arrangementType-unilateral = одностороннее признание
arrangementType-bilateralAuthority = договорённость между двумя уполномоченными органами

## What an arrangement binds by

legalNature-treaty = международный договор
legalNature-agreement = соглашение
legalNature-nonBindingArrangement = договорённость без юридических обязательств
legalNature-privateMultilateral = многостороннее соглашение частного права
legalNature-unilateralMeasure = односторонняя мера

## Whether a chapter works

phase-confidenceBuilding = укрепление доверия: ещё не действует
phase-operational = действует
phase-suspended = приостановлено
phase-lapsed = утратило силу
phase-repealed = отменено

## How firmly the importing side is bound

obligation-shallAccept = обязано принимать
obligation-shallAcceptOrJustify = обязано принимать или обосновать отказ
obligation-shallPromoteAcceptance = обязано содействовать принятию
obligation-mayAccept = может принимать

## Whose requirements were applied

requirementsBasis-importer = требования страны назначения
requirementsBasis-exporter = требования выдающей стороны
requirementsBasis-commonStandard = общий стандарт
requirementsBasis-equivalent = требования, признанные эквивалентными

## Whose results count where

directionMode-mutual = каждый участник признаёт каждого
directionMode-producerToAll = выдающих признают все
directionMode-declaredPairs = только между перечисленными парами
directionMode-oneWay = только в одну сторону, для перечисленных пар

## How a level is compared, and what lies above it

levelMode-cap = не выше
levelMode-exact = ровно
levelMode-min = не ниже
aboveCap-acceptedUpToCap = более высокий засчитывается до этого уровня
aboveCap-notAccepted = более высокий не засчитывается

## What becomes of attestations after the end of a chapter

afterEnd-ceaseImmediately = сразу перестают засчитываться
afterEnd-untilExpiry = засчитываются до истечения срока
afterEnd-untilDate = засчитываются до этого дня

## Roles in an arrangement

participationRole-signatory = подписавшая сторона
participationRole-authorising = уполномочивающий участник
participationRole-consuming = потребляющий участник
participationRole-issuingAuthority = выдающий орган
participationRole-utilizer = пользователь результатов
participationRole-associate = ассоциированный участник
participationRole-designatingAuthority = назначающий орган
participationRole-member = член

## What a destination declares, and on whose word a participation rests

declaration-accept = принимает
declaration-acceptWithConditions = принимает с условиями
declaration-notAccept = не принимает
assertedBy-secretariat = секретариат договорённости
assertedBy-participant = сам участник
assertedBy-peer = уполномоченный орган другой стороны
assertedBy-transcriber = тот, кто переписал публичный текст

## Sorts of things that a destination asks for

requirementSort-attestation = сертификат или протокол
requirementSort-deviation = национальное отклонение от стандарта
requirementSort-marking = маркировка изделия
requirementSort-language = язык этикеток и инструкций
requirementSort-localRepresentative = представитель в стране назначения
requirementSort-registration = внесение в реестр
requirementSort-other = иное

## Sorts of standards

standardSort-standard = стандарт
standardSort-technicalRegulation = технический регламент
standardSort-method = методика
standardSort-scheme = схема

## Why a key ends

revocationReason-superseded = заменён другим ключом
revocationReason-ceased = организация прекратила деятельность
revocationReason-keyCompromise = им может владеть кто-то другой

## Answers to a request for confirmation

answer-confirmed = всё так, как указано
answer-notConfirmed = всё не так, как указано
answer-cannotSay = сказать нельзя

## What a piece of evidence is to an attestation, and whether the law asks for one

evidenceRole-testReport = протокол испытаний
evidenceRole-inspection = инспекция
evidenceRole-audit = аудит
evidenceRole-componentCertificate = сертификат на комплектующее
regime-mandatory = требуется по закону
regime-voluntary = добровольно
regime-private = частная инициатива
