# 单独使用的词语：状态、种类、结论，以及日期的写法。术语依 GB/T 27000（ISO/IEC 17000）。

not-said = （未注明）
list-separator = 、
# 择一即可的各项之间。
list-or = 或
# 以名称及标识符指称的一方。
party = { $name }（{ $did }）

## 日期

day = { $year }年{ $month }月{ $day }日
moment = { $day } { $time }（UTC）
between = { $from }至{ $to }之间的某日

## 结论

result-recognised = 予以承认
result-recognisedWithConditions = 附条件承认
result-resultsOnly = 仅接受结果
result-cannotTell = 无法判断
result-notRecognised = 不予承认

## 检查的结果

outcome-pass = 通过
outcome-warn = 通过，但须注意
outcome-asked = 尚有要求待满足
outcome-unknown = 无法判断
outcome-fail = 未通过
outcome-notApplicable = 不适用

## 记录的状态

state-active = 有效
state-pending = 尚未生效
state-partiallySuspended = 部分暂停
state-suspended = 暂停
state-superseded = 已被取代
state-transferred = 已移交
state-withdrawn = 已撤销
state-annulled = 宣告无效
state-expired = 已过期
state-unknown = 不明

## 记录的种类

kind-Attestation = 证书或报告
kind-CompetenceGrant = 认可或指定
kind-Arrangement = 安排
kind-Participation = 参加
kind-StatusEvent = 状态事件
kind-Registration = 登记
kind-KeyRevocation = 密钥吊销
kind-FederationList = 联盟名单
kind-MemberKeys = 成员密钥
kind-Standard = 标准
kind-ImportRule = 进口规则
kind-Commitment = 存证
kind-Notice = 通知
kind-Takedown = 撤下
kind-CoverageStatement = 完整性声明

## 证书或报告的种类

attestation-productCertificate = 产品认证证书
attestation-typeExamination = 型式检验证书
attestation-typeApproval = 型式批准
attestation-msCertificate = 管理体系认证证书
attestation-personCertificate = 人员认证证书
attestation-testReport = 检测报告
attestation-inspectionReport = 检验报告
attestation-inspectionCertificate = 检验证书
attestation-calibrationCertificate = 校准证书
attestation-refMaterialCertificate = 标准物质证书
attestation-ptReport = 能力验证报告
attestation-vvStatement = 审定或核查声明
attestation-declaration = 符合性声明
attestation-permit = 许可
attestation-consignmentCertificate = 批次货物证书
attestation-shipmentCertificate = 装运证书

## 向谁询问

who-issuer = 发证机构
who-authority = 登记发证机构的主管机构
who-grantor = 认可或指定机构
who-laboratory = 实验室
who-standardsBody = 标准机构
who-destination = 目的地的主管机构
who-successor = 接手的机构
who-importer = 登记系统的导入方
who-logOperator = 日志运营方
who-secretariat = 安排的秘书处
who-policyKeeper = 策略的管理者
who-asker = 提问者本人
who-holder = 证书持有者
who-keyholders = 联盟名单的签署者

## 结论以谁的说法为依据

basis-destinationSigned = 依据目的地自己的签名
basis-partiesSigned = 依据其他各方或秘书处的签名，而非目的地自己的签名
basis-transcribed = 依据由他人转录的公开文本，各方均未签署
basis-none = 不依据任何一方的声明

## 目的地的义务

degree-competence = 将对方的认可视为同等
degree-results = 接受对方的结果，但签发自己的批准
degree-certificates = 将对方的证书视为自己的证书予以接受
degree-bodies = 将按目的地规则工作的对方机构列入名单
degree-rules = 在对方合法的，在本方也合法

## 记录发生了什么

action-suspend = 暂停
action-reinstate = 恢复
action-reduceScope = 缩小范围
action-extendScope = 扩大范围
action-withdraw = 撤销
action-annul = 宣告无效
action-amend = 更正
action-supersede = 取代
action-disown = 实验室否认
action-refuseRecognition = 拒绝承认
action-restoreRecognition = 恢复承认
action-observed = 查看时未变
action-transfer = 移交给另一机构

## 以何身份

capacity-issuer = 发证机构
capacity-grantor = 认可或指定机构
capacity-authority = 主管机构
capacity-destinationAuthority = 目的地的主管机构
capacity-court = 法院
capacity-laboratory = 实验室

## 状态变更的原因

reason-surveillanceNotPermitted = 不允许监督
reason-nonconformity = 不合格
reason-nonPayment = 未付费
reason-voluntary = 持有人申请
reason-bodyCeased = 机构已停止活动
reason-accreditationLost = 失去认可
reason-standardSuperseded = 标准已被取代
reason-fictitiousReport = 报告系虚构
reason-supportingReportNotConfirmed = 所依据的报告未获确认
reason-misuseOfMark = 误用标志
reason-safetyRisk = 安全风险
reason-legislationReplaced = 法规已被取代
reason-clericalError = 笔误
reason-courtOrder = 法院命令
reason-sanction = 制裁
reason-keyCompromise = 密钥泄露
reason-duplicate = 重复
reason-unknownCause = 原因不明

## 为何没有人声明别无其他情况

statement-missing = 证据包中没有状态声明
statement-signerNotListed = 策略没有列入其状态声明的密钥
statement-otherRecord = 其状态声明针对另一记录
statement-otherDestination = 其状态声明针对另一目的地
statement-otherDay = 其状态声明针对另一日期，且在这一法定日期之前作出
statement-otherMoment = 其状态声明在另一时刻作出
statement-recordMissing = 其状态声明所列的一份记录不在证据包中
statement-recordNotListed = 证据包中有其状态声明未列的记录
statement-otherHeads = 其状态声明所列的日志树头不同
statement-otherContents = 其状态声明针对其他内容作出

## 进口规则的一项要求，按其组成部分

requirement = { $sort }：{ $parts }
requirement-between = ；
requirement-any-edition = { $standard }（任何版本）
requirement-kinds = { $values }
requirement-standards = 依据 { $values }
requirement-regulations = 依据法规 { $values }
requirement-schemes = 属于制度 { $values }
requirement-issuers = 由{ $values }签发
requirement-economies = 发证机构所属经济体：{ $values }
requirement-grants = 发证机构须持有：{ $values }
requirement-issued-from = { $values }或之后签发
requirement-deviation = { $standard } 第 { $clause } 条在{ $economy }的差异
requirement-languages = { $values }

## 文件所印的内容，以及与记录核对的结果

paper-number = 编号
paper-holder = 持有人
paper-manufacturer = 制造商
paper-factory = 工厂
paper-model = 型号
paper-gtin = GTIN
paper-serial = 序列号
paper-lot = 批号
paper-quantity = 数量
paper-codes = 产品编码
paper-standard = 标准
paper-issuedOn = 签发日期
paper-validUntil = 有效期截止日
paper-scope = 范围
mark-same = 相同
mark-covered = 涵盖在内
mark-differs = 不同
mark-reading = 须由人阅读判断
mark-notSaid = 记录未写明

## How a record rests on something, and what is said where none does

relation-issuedBy = 由其签发
relation-standard = 声明符合该标准
relation-grant = 依据该认可或指定
relation-testReport = 依据该检测报告
relation-inspection = 依据该检验
relation-audit = 依据该审核
relation-componentCertificate = 依据该部件证书
impact-unknown = 此处没有以此名称登记的任何内容。这并不表示没有问题：是否有记录依赖于它，此处无法判断。请核对写法是否与记录一致，并向签发方询问。
impact-none = 此处所存的记录均不依赖于它。
