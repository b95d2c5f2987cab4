export function isEmail(v: unknown): v is string { return typeof v === 'string' && /^[^@\s]+@[^@\s]+$/.test(v) }
