// Who a person is to the system (role), and what they do on the ground (post). No zod: screens read this too.
export const roles = [
  'duty-officer',
  'chief',
  'officer',
  'property',
  'wall',
  'administrator',
  'security-administrator',
  'audit-administrator',
] as const
/**
 * 值守 duty-officer · 站长 chief · 网格员 officer · 物业、部门 property · 大屏 wall · 系统管理员 administrator ·
 * 安全管理员 security-administrator · 审计管理员 audit-administrator.
 */
export type Role = (typeof roles)[number]

/** 三员分立: one keeps the system, one the accounts, one the record of both. Nobody is two of them, and none handles cases. */
export const administrators = ['administrator', 'security-administrator', 'audit-administrator'] as const
export const isAdministrator = (role: Role): boolean => administrators.some((one) => one === role)

/** Never sent out, never told, never on the roster: a wall is nobody, and an administrator has no part in cases. */
export const takesPart = (role: Role): boolean => role !== 'wall' && !isAdministrator(role)

export const posts = ['command', 'station', 'grid', 'property', 'cleaning', 'micro-fire-station', 'department'] as const
export type Post = (typeof posts)[number]
