// Addresses inside are refused in every spelling, unless the operator named their range.
import { describe, expect, it } from '@jest/globals';
import { addressRules } from './addresses.js';

describe('addresses', () => {
  const rules = addressRules(['10.20.0.0/16', 'fd00:1::/32']);
  it.each([
    '127.0.0.1',
    '10.0.0.1',
    '169.254.169.254',
    '192.168.1.1',
    '0.0.0.0',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    'fe80::1',
    'fd00:2::1',
    '100.64.0.1',
    '224.0.0.1',
    'nonsense',
  ])('refuses %s', (address) => expect(rules.judge(address)).toBe('refused'));
  it.each(['10.20.3.4', '::ffff:10.20.3.4', 'fd00:1::7'])('allows %s', (address) => expect(rules.judge(address)).toBe('allowed'));
  it.each(['93.184.216.34', '2606:2800:220:1::1', '64:ff9b::5db8:d822'])('leaves %s open', (address) =>
    expect(rules.judge(address)).toBe('open'),
  );
});
