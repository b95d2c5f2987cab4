export async function setupPlugin({ config }) {
  const response = await fetch(config.url, { headers: { accept: 'application/json' } })
  if (response.status !== 200) throw new Error(`got ${response.status}`)
  return response.json()
}
