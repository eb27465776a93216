// Who a person is to the system (role), and what they do on the ground (post). No zod: screens read this too.
export const roles = ['duty-officer', 'chief', 'officer', 'property', 'wall', 'administrator'] as const
/** 值守 duty-officer · 站长 chief · 网格员 officer · 物业、部门 property · 大屏 wall · 管理员 administrator. */
export type Role = (typeof roles)[number]

export const posts = ['command', 'station', 'grid', 'property', 'cleaning', 'micro-fire-station', 'department'] as const
export type Post = (typeof posts)[number]
