// Sources import each other as `./x.js`, as Node will see them; under test the file on disk is `./x.ts` or `./x.tsx`.
module.exports = (request, options) => {
  const conditions = [...(options.conditions ?? []), 'waybill-source'];
  const resolve = (name) => options.defaultResolver(name, { ...options, conditions });
  if (request.startsWith('.') && request.endsWith('.js') && !options.basedir.includes('node_modules')) {
    for (const ending of ['.ts', '.tsx']) {
      try {
        return resolve(request.slice(0, -3) + ending);
      } catch {
        // not a TypeScript file: the next ending, then the name as it stands
      }
    }
  }
  return resolve(request);
};
