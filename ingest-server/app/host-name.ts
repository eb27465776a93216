// Which host a request names: read strictly, for on it hangs whose street it is.

/** Lower case, without port and without the dot at the end; null where it is none, or where it is said in more than one way. */
export function hostIn({ hosts, target }: { hosts: readonly string[] | undefined; target: string }): string | null {
  // A whole address in the first line would name a host of its own beside the header's.
  if (hosts?.length !== 1 || !(target.startsWith('/') || target === '*')) return null
  const found = written.exec(hosts[0]!)?.groups
  if (!found) return null
  const { name, six, port } = found
  if (port !== undefined && Number(port) > 65_535) return null
  return six === undefined ? name!.toLowerCase().replace(/\.$/, '') : six.toLowerCase()
}

const written =
  /^(?:(?<name>[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?\.?)|\[(?<six>[\da-fA-F:.]{2,45})\])(?::(?<port>\d{1,5}))?$/
