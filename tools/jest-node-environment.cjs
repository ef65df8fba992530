// Jest's Node environment with the parent's Uint8Array and Error, so that `instanceof` holds for what Node's own modules return.
const { TestEnvironment } = require('jest-environment-node');
module.exports = class extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    this.global.Uint8Array = Uint8Array;
    this.global.ArrayBuffer = ArrayBuffer;
  }
};
