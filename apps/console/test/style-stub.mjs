// Class names mean nothing to a test: every name is itself.
export default new Proxy({}, { get: (_, name) => (typeof name === 'string' ? name : undefined) });
