// What a new password may not be: too short, or one that everybody tries first. Nothing is asked of its letters (ASVS 5.0, 6.2).
import type { Refusal } from '#contract/refusal'
import type { IdentityRefusal } from '#contract/refusal-identity'
import { isAdministrator, type Role } from '#contract/roles'
import { Password } from './names.ts'

/** Whoever may change others' rights is worth a longer guess. */
const leastForAdministrators = 12

/** The heads of the lists of leaked passwords, here and abroad, and what this house would suggest by itself; ten letters and more. */
const usual = new Set(
  `password password1 password12 password123 password1234 passw0rd123 passwordpassword mypassword1 newpassword
  administrator administrator1 admin12345 admin123456 admin888888 administrador adminadmin rootrootroot root123456
  qwertyuiop qwertyuiop1 1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx3edc 1qazxsw23edc q1w2e3r4t5 qwer123456 qwerty12345 qwerty123456
  qweasdzxc123 asdfghjkl1 zxcvbnm123 asdf123456 qazwsxedc1 qazwsxedcrfv zaq12wsxcde3 1234qwerasdf qwe123qwe123
  a123456789 a1234567890 abc1234567 abc123456789 aa12345678 aa123456789 q123456789 z123456789 w123456789 qq123456789
  123456789a 123456789q 1234567890a 0987654321 1234567891 12345678910 123456789abc 1234567899 0123456789
  woaini1314 woaini520 woaini5201314 woaini1314520 iloveyou123 iloveyou520 5201314520 1314520520 5201314woaini wo5201314 520woaini1314
  nihao123456 zhongguo123 woaizhongguo beijing2008 shanghai123 shanghai2024 shanghai2025 shanghai2026 taobao123456 weixin123456
  wang123456 zhang123456 liu1234567 chen123456 xiaoming123 caonima123 abcd123456 abcd1234567 asd123456789 qaz123456789
  welcome123 welcome1234 letmein123 letmein1234 changeme123 changeme1234 changethis default123 trustno1trustno1 iloveyou1234
  football123 baseball123 superman123 batman12345 dragon12345 monkey12345 princess123 sunshine123 michael123 jordan12345
  sanping123 sanping1234 sanping2025 sanping2026 sanping12345 sanping123456 sanpingsanping wuliqiao123 wuliqiao2026 jiedao123456
  test123456 test1234567 testtesttest guest123456 user123456 demo123456 temp123456 p@ssw0rd12 p@ssw0rd123 p@ssword123 p@ssw0rd1234
  huawei@123 huawei12345 huawei123456 hikvision123 hik12345678 dahua123456 admin@1234 admin@12345 admin@123456 abcd@12345 aa@12345678`.split(
    /\s+/,
  ),
)

/** What everybody here would put figures behind; the list stands in docs/security.md (ASVS 5.0, 6.1.2). */
export const wordsOfThePlace = [
  ...[
    '三屏',
    'sanping',
    '城运',
    '网格',
    'wangge',
    '街道',
    'jiedao',
    '社区',
    'shequ',
    '居委',
    'juwei',
    '智慧',
    'zhihui',
  ],
  ...['上海', 'shanghai', '黄浦', 'huangpu', '五里桥', 'wuliqiao', '打浦桥', 'dapuqiao'],
]

/** Along which a finger slides: figures, the alphabet, the rows of a keyboard. */
const rows = [
  '0123456789012',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiopasdfghjklzxcvbnm',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p',
]
const runs = rows.flatMap((row) => [row, [...row].reverse().join('')])

/** abcabcabcabc, 1212121212, aaaaaaaaaa: a piece of at most four, over and over. */
const repeats = (text: string): boolean =>
  [1, 2, 3, 4].some((size) => text.length > size && [...text].every((sign, at) => sign === text[at % size]))

/** Why it cannot be, or null. `names`: what they are called by, which everybody who knows them would try. */
export function whyNotPassword(
  password: string,
  { role, names }: { role: Role; names: readonly string[] },
): Extract<
  Refusal | IdentityRefusal,
  'password-too-short' | 'password-short-for-administrator' | 'password-usual'
> | null {
  if (!Password.safeParse(password).success) return 'password-too-short'
  if (isAdministrator(role) && password.length < leastForAdministrators) return 'password-short-for-administrator'
  const text = password.toLowerCase()
  const bare = [...names, ...wordsOfThePlace].reduce(
    (rest, name) => (name.length > 1 ? rest.replaceAll(name.toLowerCase(), '') : rest),
    text,
  )
  // Their own name, or a word of the place, and a few figures beside it.
  const isOwnName = bare !== text && bare.length < 5
  return usual.has(text) || repeats(text) || runs.some((run) => run.includes(text)) || isOwnName
    ? 'password-usual'
    : null
}
