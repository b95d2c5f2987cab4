// semver parts and comparison, named groups, sort with a comparator
const semver = /^v?(?<major>\d+)(?:\.(?<minor>\d+))?(?:\.(?<patch>\d+))?(?:-(?<pre>[0-9A-Za-z.-]+))?(?:\+(?<build>[0-9A-Za-z.-]+))?$/

function parse(text) {
  const groups = semver.exec(String(text))?.groups
  if (!groups) return null
  const { major, minor = '0', patch = '0', pre, build } = groups
  return { major: +major, minor: +minor, patch: +patch, pre, build }
}

function compare(a, b) {
  for (const part of ['major', 'minor', 'patch']) {
    if (a[part] !== b[part]) return a[part] - b[part]
  }
  if (a.pre === b.pre) return 0
  return !a.pre ? 1 : !b.pre ? -1 : a.pre < b.pre ? -1 : 1
}

export function processEvent(event) {
  const props = event.properties ?? {}
  const found = []
  for (const key of ['$lib_version', '$browser_version', '$os_version', '$app_version', 'v', 'w', 'x']) {
    const version = key in props ? parse(props[key]) : null
    if (!version) continue
    found.push({ key, ...version })
    for (const [part, value] of Object.entries(version)) {
      if (value !== undefined) props[`${key}__${part}`] = value
    }
  }
  event.versions = found.sort(compare).map((v) => `${v.key}=${v.major}.${v.minor}.${v.patch}`)
  return event
}
