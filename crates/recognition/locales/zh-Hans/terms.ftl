# Words of the closed lists of records, as pages show what a record says. The term of each is that of
# ISO/IEC 17000 as far as it has one (docs/adding-a-language.md).

## Kinds of grants of competence

grantType-accreditation = 认可
grantType-designation = 指定
grantType-notification = 通报
grantType-cmc = 校准和测量能力
grantType-peerAssessment = 同行评审
grantType-schemeMembership = 方案成员资格
grantType-approval = 批准

## Activities of conformity assessment

activity-testing = 检测
activity-calibration = 校准
activity-medicalTesting = 医学检验
activity-inspection = 检验
activity-msCertification = 管理体系认证
activity-productCertification = 产品认证
activity-personCertification = 人员认证
activity-validation = 审定
activity-verification = 核查
activity-ptProvision = 能力验证提供
activity-rmProduction = 标准物质生产
activity-biobanking = 生物样本保藏
activity-typeApproval = 型式批准
activity-permit = 签发许可证

## Whether a scope is closed

flexibility-fixed = 固定：仅限所列内容
flexibility-flexibleMethod = 灵活：方法可变
flexibility-flexibleProduct = 灵活：产品可变

## Sorts of arrangements

arrangementType-governmentMra = 政府间互认协议
arrangementType-accreditationMla = 认可机构多边互认安排
arrangementType-metrologyMra = 计量互认安排
arrangementType-certificationSystem = 认证体系
arrangementType-certificateRecognition = 证书承认
arrangementType-harmonisedRegime = 统一制度
arrangementType-equivalence = 等效
arrangementType-unilateral = 单边承认
arrangementType-bilateralAuthority = 两个主管机构之间的安排

## What an arrangement binds by

legalNature-treaty = 条约
legalNature-agreement = 协议
legalNature-nonBindingArrangement = 无法律约束力的安排
legalNature-privateMultilateral = 私法多边安排
legalNature-unilateralMeasure = 单边措施

## Whether a chapter works

phase-confidenceBuilding = 建立信任阶段：尚未运行
phase-operational = 运行中
phase-suspended = 暂停
phase-lapsed = 已失效
phase-repealed = 已废止

## How firmly the importing side is bound

obligation-shallAccept = 应接受
obligation-shallAcceptOrJustify = 应接受或说明理由
obligation-shallPromoteAcceptance = 应促进接受
obligation-mayAccept = 可接受

## Whose requirements were applied

requirementsBasis-importer = 目的地的要求
requirementsBasis-exporter = 发证机构的要求
requirementsBasis-commonStandard = 共同标准
requirementsBasis-equivalent = 被视为等效的要求

## Whose results count where

directionMode-mutual = 各参与方相互承认
directionMode-producerToAll = 发证机构获得所有参与方承认
directionMode-declaredPairs = 仅限所列各对之间
directionMode-oneWay = 仅单向，限所列各对

## How a level is compared, and what lies above it

levelMode-cap = 不高于
levelMode-exact = 恰为
levelMode-min = 不低于
aboveCap-acceptedUpToCap = 更高的按此级别承认
aboveCap-notAccepted = 更高的不予承认

## What becomes of attestations after the end of a chapter

afterEnd-ceaseImmediately = 立即不再有效
afterEnd-untilExpiry = 到期前仍然有效
afterEnd-untilDate = 在此日之前有效

## Roles in an arrangement

participationRole-signatory = 签署方
participationRole-authorising = 授权参与方
participationRole-consuming = 使用参与方
participationRole-issuingAuthority = 签发机关
participationRole-utilizer = 利用方
participationRole-associate = 准成员
participationRole-designatingAuthority = 指定机关
participationRole-member = 成员

## What a destination declares, and on whose word a participation rests

declaration-accept = 接受
declaration-acceptWithConditions = 有条件接受
declaration-notAccept = 不接受
assertedBy-secretariat = 安排秘书处
assertedBy-participant = 参与方自身
assertedBy-peer = 另一参与方的主管机构
assertedBy-transcriber = 公开文本的转录者

## Sorts of things that a destination asks for

requirementSort-attestation = 证书或报告
requirementSort-deviation = 标准的国家差异
requirementSort-marking = 产品标识
requirementSort-language = 标签和说明书的语言
requirementSort-localRepresentative = 目的地的代表
requirementSort-registration = 登记
requirementSort-other = 其他

## Sorts of standards

standardSort-standard = 标准
standardSort-technicalRegulation = 技术法规
standardSort-method = 方法
standardSort-scheme = 方案

## Why a key ends

revocationReason-superseded = 已由另一密钥取代
revocationReason-ceased = 机构已停止活动
revocationReason-keyCompromise = 可能已被他人持有

## Answers to a request for confirmation

answer-confirmed = 与所述一致
answer-notConfirmed = 与所述不符
answer-cannotSay = 无法确定

## What a piece of evidence is to an attestation, and whether the law asks for one

evidenceRole-testReport = 检测报告
evidenceRole-inspection = 检验
evidenceRole-audit = 审核
evidenceRole-componentCertificate = 部件证书
regime-mandatory = 法律要求
regime-voluntary = 自愿
regime-private = 民间
