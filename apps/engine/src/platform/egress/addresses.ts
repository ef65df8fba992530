import { BlockList, isIP } from 'node:net';

/**
 * Which addresses connectors may reach: every public one, and inside ranges only what the operator allowed by CIDR.
 * Ranges: IANA special-purpose registries for IPv4 and IPv6. IPv4 inside IPv6 (mapped, NAT64, 6to4) is judged by its IPv4 part.
 */
const inside: readonly [string, number, 'ipv4' | 'ipv6'][] = [
  ['0.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.0.0.0', 24, 'ipv4'],
  ['192.0.2.0', 24, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['198.18.0.0', 15, 'ipv4'],
  ['198.51.100.0', 24, 'ipv4'],
  ['203.0.113.0', 24, 'ipv4'],
  ['224.0.0.0', 4, 'ipv4'],
  ['240.0.0.0', 4, 'ipv4'],
  ['::', 128, 'ipv6'],
  ['::1', 128, 'ipv6'],
  ['64:ff9b:1::', 48, 'ipv6'],
  ['100::', 64, 'ipv6'],
  ['2001::', 23, 'ipv6'],
  ['2001:db8::', 32, 'ipv6'],
  ['fc00::', 7, 'ipv6'],
  ['fe80::', 10, 'ipv6'],
  ['ff00::', 8, 'ipv6'],
];
const blocked = new BlockList();
for (const [network, prefix, family] of inside) blocked.addSubnet(network, prefix, family);

export interface AddressRules {
  /** `open`: a public address. `allowed`: inside, and the operator named its range. `refused`: inside, and nobody did. */
  judge(address: string): 'open' | 'allowed' | 'refused';
}

export function addressRules(allowedCidrs: readonly string[]): AddressRules {
  const allowed = new BlockList();
  for (const cidr of allowedCidrs) {
    const [network, prefix] = cidr.split('/') as [string, string];
    allowed.addSubnet(network, Number(prefix), isIP(network) === 6 ? 'ipv6' : 'ipv4');
  }
  return {
    judge(address) {
      const plain = embeddedV4(address) ?? address;
      const family = isIP(plain) === 6 ? 'ipv6' : 'ipv4';
      if (isIP(plain) === 0) return 'refused';
      if (allowed.check(plain, family)) return 'allowed';
      return blocked.check(plain, family) ? 'refused' : 'open';
    },
  };
}

/** The IPv4 address inside `::ffff:a.b.c.d`, `64:ff9b::a.b.c.d` or `2002:aabb:ccdd::`. */
function embeddedV4(address: string): string | undefined {
  if (isIP(address) !== 6) return undefined;
  const groups = expand(address);
  const [first, second] = [groups[0]!, groups[1]!];
  const tail = groups.slice(0, 5).every((g) => g === 0);
  if (tail && (groups[5] === 0xffff || (groups[5] === 0 && (groups[6] !== 0 || groups[7]! > 1)))) return dotted(groups[6]!, groups[7]!);
  if (first === 0x64 && second === 0xff9b && groups.slice(2, 6).every((g) => g === 0)) return dotted(groups[6]!, groups[7]!);
  if (first === 0x2002) return dotted(second, groups[2]!);
  return undefined;
}

function expand(address: string): number[] {
  const plain = address
    .split('%')[0]!
    .replace(
      /(\d+)\.(\d+)\.(\d+)\.(\d+)$/,
      (_, a, b, c, d) => `${((Number(a) << 8) | Number(b)).toString(16)}:${((Number(c) << 8) | Number(d)).toString(16)}`,
    );
  const [head, rest] = plain.split('::') as [string, string | undefined];
  const read = (part: string) => (part === '' ? [] : part.split(':').map((g) => Number.parseInt(g, 16)));
  if (rest === undefined) return read(head);
  const [before, after] = [read(head), read(rest)];
  return [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after];
}

const dotted = (high: number, low: number): string => `${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`;
