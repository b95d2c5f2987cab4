export const now = () => Date.now()
export const minute = 60000
