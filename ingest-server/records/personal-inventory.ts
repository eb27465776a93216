// Every column there is, and whether it is personal: what for, who sees it, how long, how it goes. A column that is not here fails a test.

/** Why we may have it (PIPL art. 13 and 6), in one word. */
type Purpose = 'call-back' | 'duty' | 'proof' | 'trace' | 'find'

export interface PersonalColumn {
  whose: 'resident' | 'staff'
  purpose: Purpose
  /** How it lies on the disk. */
  lies: 'sealed' | 'hashed' | 'plain'
  /** Who may see it whole, and who masked. */
  seen: string
  kept: string
  goes: string
}

const resident = (
  purpose: Purpose,
  lies: PersonalColumn['lies'],
  change: Partial<PersonalColumn> = {},
): PersonalColumn => ({
  ...{ whose: 'resident', purpose, lies },
  seen: 'masked: whoever sees the case; whole: duty officer, chief, holder, for a reason and 30 minutes',
  kept: 'retention.residents after the end of the last case',
  goes: 'with its key, row and marks: daily, person erase, the resident’s own wish',
  ...change,
})
const staff = (
  purpose: Purpose,
  lies: PersonalColumn['lies'],
  change: Partial<PersonalColumn> = {},
): PersonalColumn => ({
  ...{ whose: 'staff', purpose, lies },
  seen: 'colleagues of the street',
  kept: 'as long as the journal names them',
  goes: 'user withdraw; the id stays, for the journal names it',
  ...change,
})
const trace = (change: Partial<PersonalColumn> = {}): PersonalColumn =>
  staff('trace', 'plain', {
    seen: 'audit administrator',
    kept: 'retention.audit, never under 180 days',
    goes: 'daily',
    ...change,
  })
const ofViewings = {
  seen: 'themselves, duty officer, security administrator',
  kept: 'retention.viewings, never under 180 days',
}
/** A picture or a message may show or name anybody. */
const perhaps = (kept: string): PersonalColumn =>
  resident('proof', 'plain', { seen: 'whoever sees the case', kept, goes: 'daily' })

/** `table.column` → what it is; what is of a thing and of nobody stands in `plain` below. */
export const personalColumns: Record<string, PersonalColumn> = {
  'reporters.ref': resident('call-back', 'plain', { seen: 'nobody: it points at a row, and says nothing' }),
  'reporters.sealed': resident('call-back', 'sealed'),
  'reporter_marks.mark': resident('find', 'hashed', { seen: 'nobody' }),
  'reporter_marks.ref': resident('find', 'plain', { seen: 'nobody' }),
  'person_keys.ref': resident('call-back', 'plain', { seen: 'nobody' }),
  'person_keys.sealed': resident('call-back', 'sealed', { seen: 'nobody' }),
  'links.ref': resident('call-back', 'plain', { seen: 'nobody' }),
  'links.link_hash': resident('call-back', 'hashed', { seen: 'nobody: the resident has the link' }),
  'urges_below.body': staff('trace', 'plain', {
    seen: 'duty officers and chiefs of the district',
    kept: '180 days',
    goes: 'with the next order',
  }),
  'personal_wishes.about': resident('trace', 'plain', {
    seen: 'security administrator',
    kept: 'retention.wishes after the decision, never under 180 days',
    goes: 'daily',
  }),
  'erased.id': resident('trace', 'plain', { seen: 'nobody: a picture’s number', kept: 'for ever', goes: 'never' }),
  'evidence.id': perhaps(
    'retention.pictures after the end of the last case; retention.strayPictures where there is none',
  ),
  'quarantine.body': perhaps('retention.quarantine; without face features from the first'),
  'quarantine.mended': perhaps('retention.quarantine'),
  'quarantine.asked_body': perhaps('until it was replayed'),
  'deliveries.body': perhaps('retention.deliveries, retention.undelivered; numbers are taken out before'),
  'deliveries.answer': perhaps('retention.deliveries, retention.undelivered'),
  'notices.words': perhaps('retention.notices'),
  'people.id': staff('duty', 'plain'),
  'people.name': staff('duty', 'plain'),
  'people.post': staff('duty', 'plain'),
  'people.body': staff('duty', 'plain'),
  'people.place_ids': staff('duty', 'plain'),
  'people.skills': staff('duty', 'plain'),
  'people.on_duty': staff('duty', 'plain'),
  'people.duty_until': staff('duty', 'plain'),
  'people.password_hash': staff('proof', 'hashed', { seen: 'nobody' }),
  'people.sso_subject': staff('proof', 'plain', { seen: 'security administrator' }),
  'people_past.id': staff('trace', 'plain'),
  'people_past.post': staff('trace', 'plain'),
  'people_past.body': staff('trace', 'plain'),
  'sessions.person_id': staff('proof', 'plain', {
    seen: 'themselves, security administrator',
    kept: '7 days',
    goes: 'with the session',
  }),
  'sessions.device': staff('proof', 'plain', {
    seen: 'themselves, security administrator',
    kept: '7 days',
    goes: 'with the session',
  }),
  'sessions.sso_session': staff('proof', 'plain', { seen: 'nobody', kept: '7 days', goes: 'with the session' }),
  'sessions.sso_subject': staff('proof', 'plain', { seen: 'nobody', kept: '7 days', goes: 'with the session' }),
  'known_devices.person_id': staff('proof', 'plain', {
    seen: 'themselves',
    kept: 'until not seen for long',
    goes: 'swept',
  }),
  'sign_in_tries.key': staff('proof', 'plain', {
    seen: 'security administrator',
    kept: 'until the wait is over',
    goes: 'swept',
  }),
  'second_factors.person_id': staff('proof', 'plain', { seen: 'security administrator', goes: 'user withdraw' }),
  'second_factors.sealed': staff('proof', 'sealed', { seen: 'nobody' }),
  'recovery_codes.person_id': staff('proof', 'plain', { seen: 'nobody' }),
  'recovery_codes.code_hash': staff('proof', 'hashed', { seen: 'nobody' }),
  'phone_numbers.person_id': staff('duty', 'plain', { seen: 'administrator' }),
  'phone_numbers.sealed': staff('duty', 'sealed', {
    seen: 'nobody: only the gateway is told',
    kept: 'until changed',
    goes: 'notice number',
  }),
  'push_addresses.person_id': staff('duty', 'plain', {
    seen: 'nobody',
    kept: 'until unsubscribed',
    goes: 'unsubscribe',
  }),
  'push_addresses.sealed': staff('duty', 'sealed', { seen: 'nobody', kept: 'until unsubscribed', goes: 'unsubscribe' }),
  'notices.person_id': staff('duty', 'plain', {
    seen: 'themselves, duty officer',
    kept: 'retention.notices',
    goes: 'daily',
  }),
  'reveals.person_id': trace({
    seen: 'duty officer, chief of the area',
    kept: 'retention.looks, never under 180 days',
  }),
  'reveals.words': trace({ seen: 'duty officer, chief of the area', kept: 'retention.looks, never under 180 days' }),
  'evidence.persons': perhaps('retention.pictures after the end of the last case'),
  'viewings.asked_by': trace(ofViewings),
  'viewings.words': trace(ofViewings),
  'viewings.decided_by': trace(ofViewings),
  'viewings.withdrawn_by': trace(ofViewings),
  'audit.who': trace(),
  'audit.about': trace(),
  'responsibility.set_by': trace({ kept: 'for ever', goes: 'never: who set a rule' }),
  'quarantine.replayed_by': trace({ kept: 'retention.quarantine' }),
  'quarantine.asked_by': trace({ kept: 'until it was replayed' }),
  'personal_wishes.no_words': trace({
    seen: 'security administrator, the resident it is said to',
    kept: 'retention.wishes after the decision, never under 180 days',
  }),
  'personal_wishes.decided_by': trace({ kept: 'retention.wishes after the decision, never under 180 days' }),
}

const of = (table: string, ...columns: string[]) => columns.map((column) => `${table}.${column}`)

/** Of things, times, secrets of machines: of nobody. */
export const plainColumns: ReadonlySet<string> = new Set([
  ...of('reporters', 'key_id', 'nonce', 'kept_at', 'ended_at'),
  ...of('person_keys', 'key_id', 'nonce'),
  ...of('kept_keys', 'name', 'key_id', 'nonce', 'sealed'),
  ...of('links', 'source_key', 'case_id', 'latest', 'made_at'),
  ...of('orders', 'source_key', 'case_id'),
  ...of('reveals', 'id', 'case_id', 'at', 'until', 'reason', 'what'),
  ...of('viewings', 'id', 'what', 'about', 'from_at', 'to_at', 'asked_at', 'reason', 'decided_at', 'granted'),
  ...of('viewings', 'reference', 'until', 'withdrawn_at'),
  ...of('personal_wishes', 'id', 'kind', 'case_id', 'asked_at', 'decided_at', 'granted', 'no_reason'),
  ...of('erased', 'kind', 'at', 'why'),
  ...of('retention', 'kind', 'upto', 'swept_at'),
  ...of('evidence', 'sent_bytes', 'width', 'height', 'full_bytes', 'full_sha256', 'thumb_bytes', 'thumb_sha256'),
  ...of('evidence', 'kept_at', 'ended_at'),
  ...of('quarantine', 'id', 'at', 'last_at', 'times', 'source_id', 'dialect', 'content_type', 'refusal', 'words'),
  ...of('quarantine', 'bytes', 'tried_at', 'replayed_at', 'answers', 'asked_at'),
  ...of('quarantine_dropped', 'source_id', 'rows', 'last_at'),
  ...of('deliveries', 'line', 'id', 'neighbour_id', 'thread', 'case_id', 'type', 'made_at', 'state', 'tries'),
  ...of('deliveries', 'first_tried_at', 'tried_at', 'next_at', 'theirs', 'heard', 'asked_at'),
  ...of('notices', 'line', 'id', 'case_id', 'what', 'level', 'made_at', 'revision', 'state', 'why', 'shown_at'),
  ...of('notice_legs', 'line', 'notice_id', 'road', 'way_id', 'thread', 'due_at', 'next_at', 'state', 'tries'),
  ...of('notice_legs', 'tried_at', 'answer'),
  ...of('notice_cursor', 'one', 'journal', 'revision'),
  ...of('notice_ways', 'id', 'name', 'kind', 'bodies', 'settings', 'added_at', 'key_id', 'nonce', 'sealed'),
  ...of('notice_keys', 'name', 'key_id', 'nonce', 'sealed'),
  ...of('push_addresses', 'id', 'added_at', 'key_id', 'nonce'),
  ...of('phone_numbers', 'set_at', 'key_id', 'nonce'),
  ...of('people', 'role', 'added_at', 'withdrawn_at', 'must_change'),
  ...of('people_past', 'at'),
  ...of('sessions', 'token_hash', 'kiosk', 'opened_at', 'seen_at', 'renews', 'proven_at'),
  ...of('ended_sessions', 'token_hash', 'why', 'at'),
  ...of('known_devices', 'token_hash', 'seen_at'),
  ...of('sign_in_tries', 'tries', 'last_at', 'until'),
  ...of('second_factors', 'key_id', 'nonce', 'begun_at', 'confirmed_at', 'last_step'),
  ...of('recovery_codes', 'used_at'),
  ...of('spent_once', 'mark', 'until'),
  ...of('spent_tokens', 'token_hash', 'kiosk', 'spent_at'),
  ...of('kiosks', 'name', 'place_ids', 'link_hash', 'added_at', 'bound_at', 'site'),
  ...of('sources', 'id', 'name', 'matters', 'cameras', 'key_hash', 'added_at', 'withdrawn_at', 'must_sign'),
  ...of('sources', 'by_address', 'by_digest', 'per_minute', 'key_made_at'),
  ...of('source_keys', 'key_hash', 'source_id', 'made_at', 'ends_at'),
  ...of('source_secrets', 'id', 'source_id', 'kind', 'key_id', 'nonce', 'sealed', 'made_at', 'ends_at'),
  ...of('source_tests', 'token_hash', 'source_id', 'made_at'),
  ...of('sip_devices', 'device_id', 'source_id', 'key_id', 'nonce', 'sealed', 'added_at'),
  ...of('neighbours', 'id', 'name', 'kind', 'url', 'told_of', 'source_id', 'settings', 'key_id', 'nonce', 'sealed'),
  ...of('neighbours', 'added_at', 'withdrawn_at', 'paused_at', 'paused_why', 'journal', 'revision'),
  ...of('webhooks_seen', 'source_id', 'webhook_id', 'body_hash', 'status', 'answer', 'until'),
  ...of('heard', 'kind', 'id', 'source_id', 'behind', 'heard_at', 'beats', 'offline_at', 'offline_how'),
  ...of('rules', 'key', 'text', 'kept_at'),
  ...of('summaries', 'street', 'revision', 'heard_at', 'body'),
  ...of('urges_below', 'id', 'at'),
  ...of('responsibility', 'line', 'version', 'text', 'set_at'),
  ...of('audit', 'line', 'at', 'what'),
])

/**
 * Fields of a scenario's form that ask for somebody. None is: a form goes into the journal whole, so a field whose id or words speak
 * of a person's name, number, card or illness is a mistake of the scenario; a resident's own stand with the reporter.
 */
export const speaksOfSomebody =
  /姓名|电话|手机|身份证|住址|银行卡|病史|病情|民族|宗教|(?:^|[-_ ])(?:phone|mobile|id-?card|bank|illness|religion)(?:$|[-_ ])/i
