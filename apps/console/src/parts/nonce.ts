/** The page's style nonce, put into index.html by the engine for each request. Without it the browser drops the style tags that libraries add. */
export function styleNonce(): string {
  const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
  return nonce.startsWith('__') ? '' : nonce;
}
