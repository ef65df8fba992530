// Who counts as one caller: an IPv4 address, in whatever form, and the half of an IPv6 address that one household has.
import { describe, expect, it } from '@jest/globals';
import { network, subjects } from './throttle.store.js';

describe('network', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:DB8:0001:0002::9', '2001:db8:1:2'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
  ])('of %s is %s', (address, is) => expect(network(address)).toBe(is));
});

describe('subjects', () => {
  it('are as long for any name, fold case, and keep kinds apart', () => {
    expect(subjects.account('a').name).toHaveLength(subjects.account('a'.repeat(254)).name.length);
    expect(subjects.account('Ada@Example.org')).toEqual(subjects.account('ada@example.org'));
    expect(subjects.account('x').name).not.toBe(subjects.device('x').name);
  });
});
