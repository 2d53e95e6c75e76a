import { createPublicKey, X509Certificate } from 'node:crypto';

/** A self-signed certificate whose day is long over or not yet come, depending on when this runs: its date must not matter. */
export const tlsKey = `-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEICqJO2t2Krj4EtF40B+XxvuWlbZhRVeYr1YhI6e6BvlB
-----END PRIVATE KEY-----`;
export const tlsCertificate = `-----BEGIN CERTIFICATE-----
MIIBMjCB5aADAgECAhQylmHnSZuVIldd8P9YDp4Y7IAz1DAFBgMrZXAwDzENMAsG
A1UEAwwEdGVzdDAeFw0yNjExMjQwNDAxMDFaFw0yNjExMjUwNDAxMDFaMA8xDTAL
BgNVBAMMBHRlc3QwKjAFBgMrZXADIQCE0+gvIINeIadJxZgoCcndiC/u3q2/C5ny
fxW4HwuYA6NTMFEwHQYDVR0OBBYEFJ3fZIFb2uPsN32BOw7AFPa36BsqMB8GA1Ud
IwQYMBaAFJ3fZIFb2uPsN32BOw7AFPa36BsqMA8GA1UdEwEB/wQFMAMBAf8wBQYD
K2VwA0EAGuDjIDp5n/FALPghjj/7apCmkt9zdgJvQeT7ybyOfGlJRKMaOAQWpzhx
txYo2Zqae2V0/nvoZQ/9IxET4mDBCg==
-----END CERTIFICATE-----`;
/** The raw key of the certificate, as a desk pins it. */
export const pinOfCertificate = String(createPublicKey(new X509Certificate(tlsCertificate).publicKey.export({ format: 'pem', type: 'spki' })).export({ format: 'jwk' }).x);
