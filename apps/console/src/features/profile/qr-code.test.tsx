/** The QR code holds the whole of its text, in the three corners' frame that a camera looks for. */
import { expect, it } from '@jest/globals';
import { render, screen } from '@testing-library/react';
import { QrCode } from './qr-code.js';

it('is an image with a name, dark on light, as large as its text needs', () => {
  render(<QrCode text="otpauth://totp/Waybill:ada?secret=JBSWY3DPEHPK3PXP&issuer=Waybill" label="QR code" />);
  const image = screen.getByRole('img', { name: 'QR code' });
  const modules = Number(image.getAttribute('viewBox')!.split(' ')[2]);
  expect((modules - 4 - 17) % 4).toBe(0); // version n has 17 + 4n modules, and two of border on each side
  const path = image.querySelector('path')!.getAttribute('d')!;
  // the finder pattern in the upper left corner: seven dark, then one light
  for (let x = 2; x < 9; x += 1) expect(path).toContain(`M${x} 2h`);
  expect(path).not.toContain('M9 2h');
  expect(image.querySelector('rect')).toHaveAttribute('fill', '#fff');
});
