// @ts-nocheck -- Handlebars writes plain JavaScript.
// Generated from letters.ts by `npm run generate`.
import type { Letter } from './letters.js';

export const compiled: Record<Letter, { subject: unknown; text: unknown }> = {
  invitation: {
    subject: {
      compiler: [8, '>= 4.3.0'],
      main: function (container, depth0, helpers, partials, data) {
        var stack1;

        return (
          'Your access to Waybill (' +
          ((stack1 = container.lambda(
            container.strict(depth0, 'environment', { start: { line: 1, column: 26 }, end: { line: 1, column: 37 } }),
            depth0,
          )) != null
            ? stack1
            : '') +
          ')'
        );
      },
      useData: true,
    },
    text: {
      compiler: [8, '>= 4.3.0'],
      main: function (container, depth0, helpers, partials, data) {
        var stack1,
          alias1 = container.strict,
          alias2 = container.lambda;

        return (
          'Hello ' +
          ((stack1 = alias2(alias1(depth0, 'name', { start: { line: 1, column: 8 }, end: { line: 1, column: 12 } }), depth0)) != null
            ? stack1
            : '') +
          ',\n\nyou have been given access to Waybill (' +
          ((stack1 = alias2(alias1(depth0, 'environment', { start: { line: 3, column: 41 }, end: { line: 3, column: 52 } }), depth0)) !=
          null
            ? stack1
            : '') +
          '). Choose your password here:\n\n' +
          ((stack1 = alias2(alias1(depth0, 'link', { start: { line: 5, column: 2 }, end: { line: 5, column: 6 } }), depth0)) != null
            ? stack1
            : '') +
          '\n\nThe link works once and is valid for ' +
          ((stack1 = alias2(alias1(depth0, 'validFor', { start: { line: 7, column: 39 }, end: { line: 7, column: 47 } }), depth0)) != null
            ? stack1
            : '') +
          '. If you do not know what this is about, do nothing: without you nothing happens.\n'
        );
      },
      useData: true,
    },
  },
  reset: {
    subject: {
      compiler: [8, '>= 4.3.0'],
      main: function (container, depth0, helpers, partials, data) {
        var stack1;

        return (
          'A new password for Waybill (' +
          ((stack1 = container.lambda(
            container.strict(depth0, 'environment', { start: { line: 1, column: 30 }, end: { line: 1, column: 41 } }),
            depth0,
          )) != null
            ? stack1
            : '') +
          ')'
        );
      },
      useData: true,
    },
    text: {
      compiler: [8, '>= 4.3.0'],
      main: function (container, depth0, helpers, partials, data) {
        var stack1,
          alias1 = container.strict,
          alias2 = container.lambda;

        return (
          'Hello ' +
          ((stack1 = alias2(alias1(depth0, 'name', { start: { line: 1, column: 8 }, end: { line: 1, column: 12 } }), depth0)) != null
            ? stack1
            : '') +
          ',\n\nsomebody, most likely you, has asked for a new password for Waybill (' +
          ((stack1 = alias2(alias1(depth0, 'environment', { start: { line: 3, column: 71 }, end: { line: 3, column: 82 } }), depth0)) !=
          null
            ? stack1
            : '') +
          '). Choose it here:\n\n' +
          ((stack1 = alias2(alias1(depth0, 'link', { start: { line: 5, column: 2 }, end: { line: 5, column: 6 } }), depth0)) != null
            ? stack1
            : '') +
          '\n\nThe link works once and is valid for ' +
          ((stack1 = alias2(alias1(depth0, 'validFor', { start: { line: 7, column: 39 }, end: { line: 7, column: 47 } }), depth0)) != null
            ? stack1
            : '') +
          '. If it was not you, do nothing: your password stays as it is.\n'
        );
      },
      useData: true,
    },
  },
};
