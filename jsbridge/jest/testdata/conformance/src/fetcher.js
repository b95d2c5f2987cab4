import fetch from 'node-fetch'
export async function load(url) {
  const r = await fetch(url, { method: 'POST' })
  return r.json()
}
