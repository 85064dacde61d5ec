# 判定结论的文字。每个代码一条消息，名称即代码，以“-”代替“.”；`.ask` 是应向何方询问什么。
# 术语依 GB/T 27000（ISO/IEC 17000）；见 docs/adding-a-language.md。

## 各步骤回答的问题

step-integrity = 签名真实吗？
step-identity = 是否只有一份文件？
step-registration = 签署方有权签署吗？
step-log = 是否已公布，何时公布？
step-status = 在该日是否有效、未被撤销或暂停？
step-territory = 目的地是否没有拒绝承认？
step-dates = 在该日是否处于有效期内？
step-product = 是否适用于该产品？
step-competence = 发证机构是否具备相应能力？
step-accreditor = 作出认可或指定的机构当时是否具备地位？
step-evidenceChain = 其所依据的文件是否先于其存在？
step-arrangement = 是否有安排使其在该地得到承认？
step-standard = 是否就是所指的标准？
step-importRule = 目的地对该产品有何要求？
step-claims = 其所声称的安排是否属实？

## 一句话的结论

summary-recognised = { $economy }：{ $day }予以承认。
    .capped = { $economy }：{ $day }予以承认，最高至 { $level }。
    .transcribed = { $economy }：{ $day }予以承认，依据转录的公开文本。
    .cappedTranscribed = { $economy }：{ $day }予以承认，最高至 { $level }，依据转录的公开文本。
summary-recognisedWithConditions = { $economy }：{ $day }予以承认，但尚有条件须满足。
    .capped = { $economy }：{ $day }予以承认，最高至 { $level }，但尚有条件须满足。
    .transcribed = { $economy }：{ $day }予以承认，依据转录的公开文本，但尚有条件须满足。
    .cappedTranscribed = { $economy }：{ $day }予以承认，最高至 { $level }，依据转录的公开文本，但尚有条件须满足。
summary-resultsOnly = { $economy }：{ $day }接受其结果，但不接受其决定。
    .capped = { $economy }：{ $day }接受其结果，最高至 { $level }，但不接受其决定。
    .transcribed = { $economy }：{ $day }接受其结果，但不接受其决定，依据转录的公开文本。
    .cappedTranscribed = { $economy }：{ $day }接受其结果，最高至 { $level }，但不接受其决定，依据转录的公开文本。
summary-notRecognised = { $economy }：{ $day }不予承认。
summary-cannotTell = { $economy }：无法判断{ $day }是否予以承认。
# 置于以未签名草稿为依据的内容之前。
hypothetical = 假设：
# 步骤由另一代码说明时，另须补充的一句。
no-log-pinned = 策略中未指定{ $economiesWithoutLog }的日志。
# 文件与记录另有不同之处时，附在理由之后。
differs = 文件与记录不同之处：{ $differs }。
    .more = 文件与记录不同之处：{ $differs }，另有 { $count } 处。
warned-forgedCertificate = 关于此编号的警告现行有效：伪造证书。
warned-misuse = 关于此编号的警告现行有效：标志、名称或证书被误用。
looks-like = 此编号看起来像{ $number }，但含有另一种字母表的字母。
    .warned = 此编号看起来像{ $number }，但含有另一种字母表的字母；关于那个编号的警告现行有效。
later = 该日之后：{ $state }（自{ $day }起）。
    .undated = 该日之后：{ $state }。

## 目的地对产品的要求

requirements-nonePublished = { $economy }未公布在{ $day }对 { $code } 有效的规则：由此无法得知其要求。{ $counting ->
        [0] 没有已公布的证书或报告在该地得到承认
       *[other] 有 { $counting } 份已公布的证书或报告在该地得到承认
    }；请询问其主管机构。
requirements-noneHeld = 此处没有{ $economy }在{ $day }对 { $code } 的规则：由此无法得知其要求。{ $counting ->
        [0] 没有已公布的证书或报告在该地得到承认
       *[other] 有 { $counting } 份已公布的证书或报告在该地得到承认
    }；请询问其主管机构。
requirements-nothing = { $economy }在{ $day }对 { $code } 没有要求。
requirements-asks = { $economy }在{ $day }对 { $code } 有 { $things } 项要求；{ $counting ->
        [0] 没有已公布的证书或报告在该地得到承认
       *[other] 有 { $counting } 份已公布的证书或报告在该地得到承认
    }；{ $missing ->
        [0] 证书或报告可满足的要求均已满足
       *[other] 证书或报告可满足的要求中有 { $missing } 项没有任何证书或报告满足
    }。
requirements-asksOfJudged = { $economy }在{ $day }对 { $code } 有 { $things } 项要求；{ $counting ->
        [0] 没有已公布的证书或报告在该地得到承认
       *[other] 有 { $counting } 份已公布的证书或报告在该地得到承认
    }；{ $missing ->
        [0] 证书或报告可满足的要求均已满足
       *[other] 证书或报告可满足的要求中有 { $missing } 项在已审查的证书或报告中未找到相应的一份
    }。
requirements-judged = 共找到 { $found } 份，审查了其中 { $judged } 份：最符合规则的，较新的在先。

## 查询中哪些在目的地得到承认

counting-nonePublished = { $economy }未公布在{ $day }有效的规则：由此无法得知其另有何要求。请询问其主管机构。
counting-nonePublishedFor = { $economy }未公布在{ $day }对 { $code } 有效的规则：由此无法得知其另有何要求。请询问其主管机构。
counting-noneHeld = 此处没有{ $economy }在{ $day }的规则：由此无法得知其另有何要求。请询问其主管机构。
counting-noneHeldFor = 此处没有{ $economy }在{ $day }对 { $code } 的规则：由此无法得知其另有何要求。请询问其主管机构。
counting-judged = 可能得到承认的有 { $found } 份，已判断 { $judged } 份。
counting-unclear = 已判断的之中有 { $unclear } 份无法判定。

## integrity

integrity-verified = 内容与签署时一致。
integrity-hypothetical = 假设：这是一份未签名的草稿，视同其发证机构已经签署。
    .ask = 请让发证机构签署并公布。
integrity-notCanonical = 该文件不是签署时的形式：{ $reason }。
    .ask = 请索取与签署时完全一致的文件。
integrity-notSigned = 该文件没有有效的签名：{ $reason }。
    .ask = 请向发证机构索取已签名的记录。
integrity-signatureInvalid = 签名与文件不符：{ $reason }。
    .ask = 请向发证机构索取签署时的记录。
integrity-unreadable = 无法读取该记录：{ $reason }。
    .ask = 请发证机构更正并重新签发。
integrity-unknownKind = 本版本不认识该记录的种类：{ $reason }。
    .ask = 请使用更新的版本。
integrity-notAnAttestation = 该记录的种类是 { $kind }；只有证书或报告才能得到承认。
    .ask = 请就证书或报告本身提问。
integrity-notAsked = 没有可供检查的记录。

## record

record-notHeld = 此处没有与所询问内容相符的记录。
    .ask = 请发证机构公布该记录，或按印刷内容准确提供编号。
record-takenDown = 该记录已被 { $by } 撤下，理由是：{ $legalBasis }。
    .ask = 请询问撤下该记录的一方，是否有其他记录取代它。
record-ambiguous = 有 { $count } 份记录相符；请说明所指的是哪一份。
    .ask = 请指明发证机构，或从候选记录中选择。
record-provedAbsent = 没有相符的记录。公布方承诺，自{ $since }起 { $issuer } 签发的全部文件都在 { $withinHours } 小时内公布；截至{ $completeUntil }的全部文件都在此处，而这一份不在其中。
    .ask = 请询问发证机构是否签发了这份文件；它可能是伪造的。
record-issueDayNeeded = 没有相符的记录。{ $issuer } 自{ $since }至{ $completeUntil }签发的全部文件都在此处：但未说明这份文件是否属于该时期。
    .ask = 请提供文件上印刷的签发日期。
record-outsidePromise = 没有相符的记录，而文件的签发日期不在资料完整的时期之内（{ $since }至{ $completeUntil }）。
    .ask = 请发证机构公布该记录，或等到承诺的时限过后再询问。
record-promiseBroken = 没有相符的记录。公布方承诺 { $issuer } 的全部文件都在此处，但其中一些公布得迟了。
    .ask = 请询问发证机构是否签发了这份文件。
record-promiseStale = 没有相符的记录。已承诺 { $issuer } 的全部文件都在此处，但能证明这一点的日志不是最新的。
    .ask = 请等节点取得发证机构所在经济体的最新日志后再询问。
record-promiseNotDue = 没有相符的记录。已承诺 { $issuer } 自{ $since }起签发的全部文件都在此处，但公布期限到{ $dueAt }为止，尚未届满。
    .ask = 请询问发证机构是否签发过该文件，或在期限之后再次查询。
record-tooMany = 没有相符的记录。已承诺 { $issuer } 的全部文件都在此处，但其记录多于所能查看的数量，因此无法断定没有迟到的记录。
    .ask = 请询问发证机构是否签发过这份文件。

## identity

identity-one = 以此为名的文件只有一份。
identity-twoDocuments = 有两份不同的文件使用同一名称：{ $one } 和 { $other }。
    .ask = 请询问发证机构其中哪一份是它签发的。
identity-notAsked = 没有确定所指的记录。

## registration

registration-valid = 签署方 { $issuer } 当时已在 { $authority } 之下登记，并可用此密钥签署该记录。
registration-authority = 签署方就是主管机构 { $authority } 本身，所用密钥已在策略中指定。
registration-attributedByRegistry = 该记录由登记系统 { $issuer } 证明，并将其归于 { $attributedTo }；发证机构自己没有签署。
    .ask = 请索取由发证机构自己签署的记录。
registration-importerNotNamed = 策略没有将 { $issuer } 列为 { $system } 的导入方。
    .ask = 请决定策略是否应列入该导入方。
registration-importedNotAccepted = 策略不接受导入的记录。
    .ask = 请决定策略是否应接受导入的记录。
registration-authorityNotPinned = 策略没有列入主管机构 { $authority }，因此无从得知由谁登记了签署方。
    .ask = 请在核对其密钥之后，决定策略是否应列入该主管机构。
registration-keyNotAuthoritys = 该密钥不属于当时为主管机构 { $authority } 指定的密钥。
    .ask = 请将该主管机构的密钥与策略中的密钥核对。
registration-notMember = 主管机构 { $authority } 当时不在联盟之内。
    .ask = 请询问该主管机构何时加入或退出，或在策略中指定其密钥。
registration-memberKeysNotLogged = 到那时为止，{ $authority } 的密钥没有任何版本记入日志。
    .ask = 请该主管机构在联盟的日志中公布其密钥。
registration-federationExpired = 联盟名单已过期 { $expiredDays } 天；超过 { $graceDays } 天后，凡依据该名单的事项均无法判断。
    .ask = 请向联盟的密钥保管人索取新名单。
registration-notHeld = 此处没有 { $issuer } 在 { $authority } 之下的登记。
    .ask = 请主管机构公布该登记。
registration-notYetLogged = { $issuer } 的登记在该记录之后才记入日志。
    .ask = 请发证机构重新公布该记录。
registration-otherParent = { $issuer } 的密钥由另一上级登记，而不是由有权的上级登记。
    .ask = 请询问主管机构由哪个上级登记该机构。
registration-parentNotEntitled = 登记 { $issuer } 的一方无权在 { $authority } 之下进行登记。
    .ask = 请询问主管机构是否登记该机构。
registration-versionGap = { $issuer } 的登记缺少一个版本。
    .ask = 请向主管机构索取缺少的版本。
registration-versionFork = { $issuer } 的登记有两个版本使用同一编号。
    .ask = 请询问主管机构其中哪一个有效。
registration-notInForce = 签署该记录时，{ $issuer } 的登记并不有效。
    .ask = 请向主管机构询问该登记。
registration-inForceUnclear = 不确知 { $issuer } 的登记何时有效。
    .ask = 请向主管机构询问准确日期。
registration-keyNotRegistered = 签署所用的密钥当时未为 { $issuer } 登记。
    .ask = 请询问主管机构登记了哪些密钥。
registration-keyRevoked = 签署所用的密钥已被吊销。
    .ask = 请发证机构用有效的密钥重新签署。
registration-revocationUnordered = 该密钥在另一日志中被吊销，无法判断孰先孰后。
    .ask = 请索取能证明该记录先于吊销的检查点。
registration-outsideMandate = 签署方 { $issuer } 无权签署这一种类的记录。
    .ask = 请向主管机构询问其权限。
registration-notSignedByIssuer = 该记录称其发证机构为 { $issuer }，但后者没有签署。
    .ask = 请询问发证机构该记录是否由它签发。
registration-loggedLater = { $issuer } 的登记的起始日比记入日志早 30 天以上。
    .ask = 请询问主管机构为何较晚记入日志。
registration-staleLog = { $log } 的最新树头过旧，无法判断该登记是否仍然有效。
    .ask = 请取得该日志更新的树头。
registration-noLogPinned = 策略没有指定{ $economiesWithoutLog }的日志，因此看不到那里的吊销。
    .ask = 请决定策略是否应指定该经济体的日志。
registration-noStatement = 没有有权者声明关于该登记别无其他情况：{ $statement }。
    .ask = 请向策略所信任的节点索取针对这一问题的证据包。
registration-notAsked = 没有检查签署方。

## log

log-dated = 于{ $loggedAt }记入 { $log }，序号 { $index }。
log-selfDated = 于{ $loggedAt }记入 { $log }，序号 { $index }，时间仅由日志自己证明。
    .ask = 请等待镜像为该日志证明时间。
log-fewMirrors = 于{ $loggedAt }记入 { $log }，序号 { $index }，时间由不超过三个镜像证明。
    .ask = 请等待更多镜像为该日志证明时间。
log-hypothetical = 假设：视同已经记入日志。
    .ask = 请将其公布。
log-forked = 有证据证明 { $log } 曾出示两份不同的历史。
    .ask = 请与日志运营方核对证据文件；在此事查清之前，其中内容一概不算。
log-notLogged = 没有记入任何日志。
    .ask = 请发证机构公布该记录。
log-notPinned = 已记入 { $log }，但策略没有指定该日志。
    .ask = 请决定策略是否应指定该日志。
log-notDated = 为其在 { $log } 中的条目证明时间的联署方太少。
    .ask = 请取得该日志更新的联署。
log-notYetLogged = 直到{ $loggedAt }才记入日志，晚于所询问的时刻。
    .ask = 请按更晚的时刻询问。
log-notAsked = 没有检查是否公布。

## status

status-active = 有效；没有已知的相反情况。
    .past = 该日有效；没有该日的已知相反情况。
status-suspended = 自{ $effectiveFrom }起被 { $by } 暂停。
    .past = 该日处于暂停状态，自{ $effectiveFrom }起被 { $by } 暂停。
    .ask = 请询问发证机构暂停何时结束。
status-partiallySuspended = 其中一部分自{ $effectiveFrom }起被暂停：{ $scopeItems }。
    .past = 该日其中一部分处于暂停状态，自{ $effectiveFrom }起：{ $scopeItems }。
    .ask = 请询问发证机构此项用途是否受影响。
status-scopeReduced = 其范围自{ $effectiveFrom }起被缩小。
    .ask = 请询问发证机构此项用途是否仍在范围之内。
status-withdrawn = 自{ $effectiveFrom }起被 { $by } 撤销。
    .ask = 请向持有人索取有效的记录。
status-annulled = 已被宣告无效，自始无效。
    .ask = 请向持有人索取有效的记录。
status-superseded = 自{ $effectiveFrom }起由 { $successor } 取代。
    .ask = 请就取代它的记录提问。
status-transferred = { $by } 已将其移交给 { $transferredTo }；它有效至{ $graceUntil }。
    .ask = 请在该日之前向接手的机构索取其自己的记录。
status-transferEnded = { $by } 已将其移交给 { $transferredTo }；它曾有效至{ $graceUntil }。
    .ask = 请向接手的机构索取其自己的记录。
status-observedOnly = 观察到一项变更，其日期只知为{ $effectiveFrom }；所询问的日期在此期间。
    .ask = 请向发证机构询问准确日期。
status-observedEarlier = 最近一次查看登记系统是在{ $observedOn }，比所询问的日期早 { $ageDays } 天。
    .ask = 请导入方重新获取数据。
status-staleObservation = 最近一次查看登记系统是在{ $observedOn }，比所询问的日期早 { $ageDays } 天：时间过久。
    .ask = 请导入方重新获取数据。
status-sequenceGap = 缺少发证机构一侧的一项事件。
    .ask = 请向发证机构索取缺少的事件。
status-sequenceFork = 发证机构一侧公布了两项编号相同的事件。
    .ask = 请询问发证机构哪一项事件有效。
status-unreadAction = 发证机构一侧公布了一项本版本无法读取的行为。
    .ask = 请用更新的版本询问，或询问发证机构做了什么。
status-tooMany = 这份记录的修订版多于所能查看的数量。
    .ask = 请询问发证机构哪一个修订版有效。
status-staleLog = { $log } 的最新树头过旧，无法判断没有发生任何情况。
    .ask = 请取得该日志更新的树头。
status-noLogPinned = 没有已知的相反情况；策略没有指定{ $economiesWithoutLog }的日志。
    .ask = 请决定策略是否应指定该经济体的日志。
status-noStatement = 没有有权者声明此后再无其他情况：{ $statement }。
    .ask = 请向策略所信任的节点索取针对这一问题的证据包。
status-notAsked = 没有检查状态。

## territory

territory-noObjection = { $economy }的主管机构没有拒绝承认。
territory-refused = { $economy }的主管机构自{ $effectiveFrom }起在其境内拒绝承认，理由：{ $reason }。法律依据：{ $legalBasis }。
    .ask = 请询问目的地的主管机构，怎样才能恢复承认。
territory-observedOnly = { $economy }拒绝承认的日期只知为{ $effectiveFrom }。
    .ask = 请向目的地的主管机构询问准确日期。
territory-sequenceGap = 缺少{ $economy }的主管机构对该记录的一项行为。
    .ask = 请向目的地的主管机构索取缺少的行为。
territory-unreadAction = { $economy }的主管机构对该记录公布了一项本版本无法读取的行为。
    .ask = 请用更新的版本询问，或询问目的地的主管机构做了什么。
territory-staleLog = { $log } 的最新树头过旧，无法判断没有被拒绝承认。
    .ask = 请取得该日志更新的树头。
territory-noLogPinned = 没有已知的拒绝；策略没有指定{ $economiesWithoutLog }的日志。
    .ask = 请询问目的地的主管机构是否拒绝承认。
territory-noStatement = 没有有权者声明目的地此后别无表示：{ $statement }。
    .ask = 请向策略所信任的节点索取针对这一问题的证据包。
territory-notAsked = 没有检查目的地的行为。

## dates

dates-inForce = 签发于{ $issuedOn }，在所询问的日期处于有效期内。
dates-notYetValid = 自{ $validFrom }起才有效。
    .ask = 请询问更晚的日期。
dates-expired = 有效期已于{ $validUntil }届满。
    .ask = 请向持有人索取换发的文件。
dates-observedOnly = 其日期只大致知道（自{ $validFrom }，至{ $validUntil }），所询问的日期在此期间。
    .ask = 请向发证机构询问准确日期。
dates-issueNotProven = 其签发日期{ $issuedOn }只是所称，未经证明：它于{ $loggedOn }记入日志。
    .ask = 请发证机构证明签发日期。
dates-notAsked = 没有检查日期。

## product

product-matches = 所询问的产品在其涵盖之内。
product-nothingAsked = 问题中没有指明产品。
product-modelNotListed = 所询问的型号不在其涵盖的型号之内：{ $models }。
    .ask = 请询问发证机构是否涵盖该型号。
product-gtinNotListed = 所询问的 GTIN 不在其涵盖之内。
    .ask = 请询问发证机构是否涵盖该产品。
product-serialNotListed = 所询问的序列号不在其涵盖之内。
    .ask = 请询问发证机构是否涵盖该产品。
product-lotNotListed = 所询问的批号不在其涵盖之内。
    .ask = 请询问发证机构是否涵盖该批次。
product-quantityExceeded = 其涵盖的数量小于所询问的数量。
    .ask = 请就该批货物的其余部分询问发证机构。
product-codeNotListed = 所询问的分类代码不在其涵盖之内。
    .ask = 请询问发证机构是否涵盖该产品。
product-standardNotListed = 其中没有写明所询问的标准。
    .ask = 请向发证机构索取写明该标准的记录。
product-editionDiffers = 文件所写的标准版本与记录不同：文件为 { $listed }，记录为 { $stated }。
    .ask = 请将文件与记录核对，并询问发证机构哪一个正确。
product-issueDayDiffers = 文件上印刷的签发日期与记录不同。
    .ask = 请将文件与记录核对，并询问发证机构哪一个正确。
product-holderDiffers = 其持有人的名称与所询问的不同。
    .ask = 请询问发证机构两个名称是否为同一持有人。
product-manufacturerDiffers = 其写明的制造商与所询问的不同。
    .ask = 请询问发证机构两个名称是否为同一制造商。
product-factoryNotListed = 所询问的工厂不在其所列工厂之内。
    .ask = 请询问发证机构是否涵盖该工厂。
product-validityDiffers = 文件上印刷的有效期截止日与记录不同。
    .ask = 请将文件与记录核对，并询问发证机构哪一个正确。
product-numberDiffers = 文件上印刷的编号与记录不同。
    .ask = 请将文件与记录核对，并询问发证机构哪一个正确。
product-otherAlphabet = 编号中有与记录外形相同、但属于另一种字母表的字母：这是另一个编号，可能是误输或伪造。
    .ask = 请将文件与记录逐字核对，并询问发证机构哪一个正确。
product-notSaid = 其中没有写明所询问的产品信息。
    .ask = 请询问发证机构是否涵盖该产品。
product-needsReading = 是否涵盖该产品须由人阅读判断：{ $objects }。
    .ask = 请询问发证机构是否涵盖该产品。
product-numberDivided = 编号的字母和数字与记录中的相同，但分隔的位置不同：这可能是另一个编号，须由人核对。
    .ask = 请将文件与记录逐字核对，并询问发证机构哪一个正确。
product-hiddenCharacters = 记录中的某个值含有隐藏字符，任何纸质文件上都看不到：它看起来与文件上的相同，须由人核对。
    .ask = 请询问发证机构该值应当是什么，并请其更正记录。
product-notAsked = 没有检查产品。

## competence

competence-covers = { $grantor } 作出的认可或指定 { $grant } 涵盖该项内容。
competence-noGrantReliedOn = 没有以任何认可或指定为依据。
competence-grantNotHeld = 其所依据的认可或指定 { $grant } 不在此处。
    .ask = 请认可或指定机构公布该认可或指定。
competence-otherDocument = 此处名为 { $grant } 的认可或指定与其所依据的不是同一文件。
    .ask = 请询问发证机构以哪项认可或指定为依据。
competence-grantNotCounted = 认可或指定 { $grant } 不算数：{ $reason }。
    .ask = 请向认可或指定机构询问其登记。
competence-grantNotYetLogged = 到所询问的时刻，认可或指定 { $grant } 尚未记入日志。
    .ask = 请认可或指定机构公布该认可或指定。
competence-otherParty = 认可或指定 { $grant } 的获得者是另一方，而不是发证机构。
    .ask = 请询问认可或指定机构该认可或指定给了谁。
competence-notInForce = 在签发日{ $issuedOn }，认可或指定 { $grant } 并不有效。
    .ask = 请询问认可或指定机构该认可或指定在哪些日期有效。
competence-observedOnly = 认可或指定 { $grant } 的日期只大致知道。
    .ask = 请向认可或指定机构询问准确日期。
competence-suspended = 认可或指定 { $grant } 当时被暂停，全部暂停或所依据的部分暂停。
    .ask = 请向认可或指定机构询问该暂停。
competence-ended = 认可或指定 { $grant } 已被撤销或宣告无效。
    .ask = 请询问认可或指定机构，依该认可或指定所做的工作如何处理。
competence-statusUnclear = 无法判断认可或指定 { $grant } 的状态。
    .ask = 请向认可或指定机构索取关于该认可或指定的事件。
competence-activityNotGranted = 认可或指定 { $grant } 不适用于此项活动。
    .ask = 请向发证机构索取涵盖此项活动的认可或指定。
competence-outsideScope = 该项内容不在认可或指定 { $grant } 的范围之内。
    .ask = 请向认可或指定机构询问其范围。
competence-scopeNeedsReading = 该项内容是否在认可或指定 { $grant } 的范围之内须由人阅读判断：{ $scope }。
    .ask = 请询问认可或指定机构其范围是否涵盖该项内容。
competence-inferredPeriod = 认可或指定 { $grant } 涵盖该项内容；其日期是由来源推断的，来源中没有写明。
    .ask = 请向认可或指定机构询问准确日期。
competence-loggedLater = 认可或指定 { $grant } 涵盖该项内容；它在起始日 30 天之后才记入日志。
    .ask = 请询问认可或指定机构为何较晚记入日志。
competence-staleLog = { $log } 的最新树头过旧，无法判断该认可或指定没有失效。
    .ask = 请取得该日志更新的树头。
competence-noLogPinned = 认可或指定 { $grant } 涵盖该项内容；策略没有指定{ $economiesWithoutLog }的日志。
    .ask = 请决定策略是否应指定该经济体的日志。
competence-noStatement = 没有有权者声明该认可或指定此后再无其他情况：{ $statement }。
    .ask = 请向策略所信任的节点索取针对这一问题的证据包。
competence-notAsked = 没有检查能力。

## accreditor

accreditor-inStanding = 认可或指定机构 { $grantor } 在签发日参加 { $chapter }。
accreditor-notAsked = 对认可或指定机构没有要求。
accreditor-chapterNotHeld = 此处没有认可或指定机构的安排 { $chapter }。
    .ask = 请其秘书处公布该安排。
accreditor-notParticipant = 认可或指定机构 { $grantor } 在签发日没有参加 { $chapter }。
    .ask = 请询问秘书处该认可或指定机构自何时起参加。
accreditor-participationUnclear = 无法判断认可或指定机构 { $grantor } 在签发日是否参加 { $chapter }。
    .ask = 请向秘书处询问准确日期。
accreditor-noGrant = 该章要求由 { $chapter } 的参加方作出认可或指定；此处没有其所依据的这种认可或指定。
    .ask = 请向发证机构索取其所依据的认可或指定。
accreditor-staleLog = { $log } 的最新树头过旧，无法判断认可或指定机构具备地位。
    .ask = 请取得该日志更新的树头。
accreditor-noLogPinned = 认可或指定机构当时参加 { $chapter }；策略没有指定{ $economiesWithoutLog }的日志。
    .ask = 请决定策略是否应指定该经济体的日志。
accreditor-noStatement = 没有有权者声明关于认可或指定机构别无其他情况：{ $statement }。
    .ask = 请向策略所信任的节点索取针对这一问题的证据包。

## evidenceChain

evidenceChain-existedBefore = 其所依据的每份报告都先于其存在：{ $number } 自{ $since }起存在。
evidenceChain-committedLater = { $laboratory } 的报告 { $number } 自{ $since }起才为人所知，不早于证书（{ $certifiedAt }）：没有任何证据表明它此前已存在。
    .ask = 请询问实验室何时出具该报告，以及为何这么晚才存证。
evidenceChain-disowned = 有一家实验室否认其所依据的一份报告。
    .ask = 请发证机构提供另一份报告，或撤销该证书。
evidenceChain-notCommitted = { $laboratory } 对其报告作存证，而 { $number } 不在其中。
    .ask = 请询问实验室是否出具了该报告。
evidenceChain-provedAbsent = { $laboratory } 承诺截至{ $completeUntil }的全部报告都在此处，而 { $number } 不在其中。
    .ask = 请询问实验室是否出具了该报告；它可能是捏造的。
evidenceChain-laboratoryCommitsNothing = { $laboratory } 在此处没有对任何报告存证，因此对 { $number } 无法作出判断。
    .ask = 请实验室确认该报告。
evidenceChain-notTraceable = 其所依据的一份报告没有写明实验室的 DID 和编号。
    .ask = 请询问发证机构所指的是哪家实验室的哪份报告。
evidenceChain-reportNotHeld = 其所依据的一份记录不在此处。
    .ask = 请询问持有其发证机构日志的节点。
evidenceChain-reportNotCounted = 其所依据的一份记录在此处，但不算数：没有时间证明，或签名不是其发证机构的。
    .ask = 请询问该记录的发证机构。
evidenceChain-otherDocument = 其所依据的一份记录在此处是另一份文件，而不是所指的文件。
    .ask = 请询问发证机构所指的是哪份文件。
evidenceChain-componentEnded = 一个部件的证书已终止或被暂停。
    .ask = 请询问发证机构整体是否仍然有效。
evidenceChain-tooMany = 其写明的报告，或 { $laboratory } 的存证，多于所能查看的数量：无法判断 { $number } 的情况。
    .ask = 请向实验室确认该报告。
evidenceChain-noStatement = 无法判断是否缺少报告：{ $statement }。
    .ask = 请向节点索取附有状态声明的证据包。
evidenceChain-notAsked = 没有写明以任何报告为依据。

## arrangement

arrangement-covers = “{ $title }”涵盖该项内容：{ $issuedIn }所签发的在{ $economy }得到承认。
arrangement-acceptedByRule = { $economy }依其自己的规则接受：“{ $title }”。
arrangement-capped = “{ $title }”涵盖至 { $cappedAt }；其写明的是 { $level }。
arrangement-domestic = 本就是为{ $economy }自己签发的。
arrangement-none = { $economy }据以承认{ $issuedIn }所签发文件的安排中，没有一项涵盖该项内容。
    .ask = 请询问目的地的主管机构是否承认。
arrangement-notHeld = 此处没有{ $economy }据以承认的安排，而{ $economy }签署的文件也并非全部在此处。
    .ask = 请询问目的地的主管机构适用哪项安排。
arrangement-excludedByPolicy = 所用的策略排除了 { $chapter }。
    .ask = 请询问策略的管理者。
arrangement-notAcceptedByPolicy = 所用的策略只接受其列名的安排，而 { $chapter } 不在其中。
    .ask = 请询问策略的管理者。
arrangement-notOperational = “{ $title }”尚未运行。
    .ask = 请询问秘书处何时运行。
arrangement-notInForce = “{ $title }”在该日并不有效。
    .ask = 请询问秘书处自何时起有效。
arrangement-inForceUnclear = “{ $title }”的日期只大致知道。
    .ask = 请向秘书处询问准确日期。
arrangement-issuedBefore = “{ $title }”只涵盖此后签发的文件。
    .ask = 请询问目的地的主管机构，对较早签发的适用什么。
arrangement-issuedAfterEnd = 签发时“{ $title }”已经终止。
    .ask = 请询问目的地的主管机构现在适用什么。
arrangement-issueDateUnclear = 无法判断其签发时间是否在“{ $title }”的适用期内。
    .ask = 请向发证机构询问准确的签发日期。
arrangement-transitionUnclear = “{ $title }”当时已经终止；没有写明程序是否在此之前开始。
    .ask = 请询问发证机构程序何时开始。
arrangement-procedureBeganLater = 程序开始之前，“{ $title }”已经终止。
    .ask = 请询问目的地的主管机构现在适用什么。
arrangement-ended = “{ $title }”已经终止，依其签发的文件也随之失效。
    .ask = 请询问目的地的主管机构现在适用什么。
arrangement-afterEndUnstated = “{ $title }”已经终止，没有写明依其签发的文件如何处理。
    .ask = 请询问秘书处终止之后适用什么。
arrangement-direction = “{ $title }”不适用于从{ $issuedIn }到{ $economy }的方向。
    .ask = 请询问秘书处谁的结果在何处得到承认。
arrangement-directionUnclear = “{ $title }”在该日是否适用于从{ $issuedIn }到{ $economy }的方向，只大致知道。
    .ask = 请向秘书处询问准确日期。
arrangement-issuerSideNotIn = { $issuedIn }在签发日没有参加“{ $title }”。
    .ask = 请询问秘书处其是否参加，以及自何时起参加。
arrangement-issuerSideUnclear = 无法判断{ $issuedIn }在签发日是否参加“{ $title }”。
    .ask = 请向秘书处询问准确日期。
arrangement-issuerSideLeft = { $issuedIn }在签发日参加“{ $title }”，此后已退出。
    .ask = 请询问目的地的主管机构，此前签发的文件如何处理。
arrangement-issuerRole = { $issuedIn }参加“{ $title }”，但其角色不属于结果得到承认的一方。
    .ask = 请向秘书处询问其角色。
arrangement-destinationNotIn = { $economy }在该日没有参加“{ $title }”，或其角色不是承认的一方。
    .ask = 请询问目的地的主管机构是否参加。
arrangement-destinationUnclear = { $economy }在该日是否参加“{ $title }”，只大致知道。
    .ask = 请向目的地的主管机构询问准确日期。
arrangement-destinationNotSigned = 他方称{ $economy }参加“{ $title }”；其自己的主管机构没有签署。
    .ask = 请目的地的主管机构签署其参加。
arrangement-declarationMissing = “{ $title }”要求{ $economy }声明接受；此处没有这一声明。
    .ask = 请向目的地的主管机构索取其声明。
arrangement-destinationDeclines = { $economy }声明不接受“{ $title }”之下的结果。
    .ask = 请向目的地的主管机构询问原因。
arrangement-levelOutside = “{ $title }”不承认级别 { $level }。
    .ask = 请询问目的地的主管机构承认哪些级别。
arrangement-levelUnsaid = “{ $title }”承认特定级别；记录中没有写明可以比较的级别。
    .ask = 请向发证机构询问级别。
arrangement-coverageNeedsReading = “{ $title }”是否涵盖该项内容须由人阅读判断。
    .ask = 请询问目的地的主管机构是否涵盖该项内容。
arrangement-grantTypeMissing = “{ $title }”要求的认可或指定与其所依据的种类不同。
    .ask = 请向发证机构索取该章所要求的认可或指定。
arrangement-notDesignated = “{ $title }”要求由其指定的机构签发；发证机构不是这样的机构。
    .ask = 请向发证机构的主管机构询问其指定。
arrangement-grantUnclear = 无法判断发证机构是否具有“{ $title }”所要求的认可或指定。
    .ask = 请向认可或指定机构索取该认可或指定。
arrangement-versionFork = 有两份文件都自称是“{ $title }”的同一版本。
    .ask = 请询问秘书处其中哪一份有效。
arrangement-loggedLater = “{ $title }”涵盖该项内容；有一项参加在起始日 30 天之后才记入日志。
    .ask = 请询问秘书处为何较晚记入日志。
arrangement-staleLog = { $log } 的最新树头过旧，无法判断“{ $title }”是否仍然适用。
    .ask = 请取得该日志更新的树头。
arrangement-noLogPinned = “{ $title }”涵盖该项内容：{ $issuedIn }所签发的在{ $economy }得到承认。策略中未指定{ $economiesWithoutLog }的日志。
    .ask = 请询问目的地的主管机构是否适用。
arrangement-noStatement = 没有有权者声明关于该安排别无其他情况：{ $statement }。
    .ask = 请向策略所信任的节点索取针对这一问题的证据包。
arrangement-notAsked = 没有检查安排。

## standard

standard-identical = 据 { $declaredBy } 声明，{ $stated } 与 { $listed } 相同。
standard-deviationsCovered = { $stated } 与 { $listed } 相对应，其差异不构成妨碍。
standard-deviates = { $stated } 在第 { $clauses } 条与 { $listed } 不同。
    .ask = 请证明该产品也满足 { $listed } 的这些条款。
standard-deviationsUnsaid = { $stated } 是对 { $listed } 的修改采用，没有写明差异所在。
    .ask = 请向标准机构索取其技术性差异清单。
standard-notEquivalent = { $stated } 已声明与 { $listed } 非等效。
    .ask = 请要求按 { $listed } 进行评定。
standard-coexists = 与较新的 { $listed } 并行，{ $stated } 仍然有效至{ $coexistsUntil }。
standard-pastCoexistence = { $stated } 不再有效：已由 { $listed } 取代，两者并行有效至{ $coexistsUntil }。
    .ask = 请要求按 { $listed } 进行评定。
standard-coexistenceUnclear = 不确知在该日 { $stated } 是否仍与 { $listed } 并行有效。
    .ask = 请询问标准机构两个版本并行有效至何时。
standard-declaredByIssuersSide = { $stated } 与 { $listed } 相对应，这是发证机构一侧 { $declaredBy } 的说法；目的地没有这样说过。
    .ask = 请询问目的地的主管机构是否同意。
standard-noStatement = 无法判断是否缺少关于该标准的其他说法：{ $statement }。
    .ask = 请向节点索取附有状态声明的证据包。
standard-notAsked = 标准就是所指明的标准，或没有指明标准。

## importRule

importRule-nothingRequired = { $economy }对该产品没有要求：“{ $title }”。
importRule-answered = 满足{ $economy }对该产品的要求：“{ $title }”。
importRule-stillAsked = { $economy }对该产品还有其他要求：{ $missing }（“{ $title }”）。
    .ask = 请满足仍有的要求；每一项都注明了其规则。
importRule-accepted = { $economy }依其自己的规则接受：“{ $title }”。
importRule-refused = { $economy }依其自己的规则拒绝：“{ $title }”，依据是 { $legalBasis }。
    .ask = 请询问目的地的主管机构接受哪些证书。
importRule-productNotSaid = { $economy }对某些产品有规则；没有产品代码，无法判断适用哪些规则。
    .ask = 请提供产品的 HS 编码。
importRule-needsReading = { $economy }的一项规则是否涉及该产品须由人阅读判断：“{ $title }”。
    .ask = 请将产品与规则的文本对照，或询问目的地的主管机构。
importRule-inForceUnclear = 不确知{ $economy }的一项规则在该日是否有效：“{ $title }”。
    .ask = 请询问目的地的主管机构。
importRule-noStatement = 无法判断是否缺少目的地的某项规则或其终止：{ $statement }。
    .ask = 请向节点索取附有状态声明的证据包。
importRule-notAsked = 此处没有目的地对该产品的规则。

## claims

claims-none = 没有声称任何安排。
claims-confirmed = 其声称 { $claimed }，与查明的一致。
claims-differ = 其声称 { $claimed }；查明的是：{ $found }。
    .ask = 请询问发证机构该声称以何为依据。
claims-notAsked = 没有检查所声称的内容。
