import type { ErrorRow } from '@waybill/sdk';

/**
 * Error codes of S3 (docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html). Services that speak like it use the same. SlowDown and
 * ServiceUnavailable are 503 and definite: the request was turned away. Any other 5xx on a write is in doubt.
 */
export const errorTable: readonly ErrorRow[] = [
  { code: 'SlowDown', class: 'throttled', reason: 'More requests than the prefix takes now.' },
  { code: 'ServiceUnavailable', class: 'throttled', reason: 'The service takes no request now.' },
  { code: 'RequestLimitExceeded', class: 'throttled', reason: 'More requests than the account may make.' },
  { code: 'TooManyRequests', class: 'throttled', reason: 'More requests than the service takes now.' },
  { code: 'InternalError', class: 'in-doubt', reason: 'The service had an error and does not say whether it kept the object.' },
  { code: 'OperationAborted', class: 'transient', reason: 'Something else is being done with the bucket.' },
  { code: 'ConditionalRequestConflict', class: 'transient', reason: 'Another request wrote the same name at the same time; this one did not.' },
  { code: 'RequestTimeout', class: 'transient', reason: 'The object did not come through in time, and was not kept.' },
  { code: 'IncompleteBody', class: 'transient', reason: 'Not the whole object came through, and it was not kept.' },
  { code: 'PreconditionFailed', class: 'duplicate', reason: 'An object of this name is there, and it is none of this connection.', remedy: 'Look at the object; move it away, or take another prefix.' },
  { code: 'ExpiredToken', class: 'unauthorized', reason: 'The credentials have ended.', remedy: 'Enter the new access key, secret key and session token.' },
  { code: 'InvalidToken', class: 'unauthorized', reason: 'The session token is none.', remedy: 'Enter the token that belongs to the access key.' },
  { code: 'TokenRefreshRequired', class: 'unauthorized', reason: 'The session token has to be renewed.', remedy: 'Enter the new access key, secret key and session token.' },
  { code: 'InvalidAccessKeyId', class: 'unauthorized', reason: 'The service does not know the access key.', remedy: 'Correct the access key.' },
  { code: 'SignatureDoesNotMatch', class: 'unauthorized', reason: 'The secret key is not that of the access key, or a proxy alters requests.', remedy: 'Correct the secret key.' },
  { code: 'InvalidSecurity', class: 'unauthorized', reason: 'The credentials are not valid.', remedy: 'Correct the access key and the secret key.' },
  { code: 'AccessDenied', class: 'misconfigured', reason: 'The access key may not do this there.', remedy: 'Allow s3:PutObject, s3:GetObject and s3:ListBucket for the bucket and the prefix.' },
  { code: 'AllAccessDisabled', class: 'misconfigured', reason: 'All access to the bucket is switched off.', remedy: 'Switch it on, or name another bucket.' },
  { code: 'AccountProblem', class: 'misconfigured', reason: 'Something is wrong with the account.', remedy: 'Ask the support of the service.' },
  { code: 'NoSuchBucket', class: 'misconfigured', reason: 'There is no such bucket.', remedy: 'Make it, or correct its name.' },
  { code: 'InvalidBucketName', class: 'misconfigured', reason: 'The name is none of a bucket.', remedy: 'Correct it.' },
  { code: 'PermanentRedirect', class: 'misconfigured', reason: 'The bucket is reached at another endpoint.', remedy: 'Enter the endpoint of the bucket’s region.' },
  { code: 'TemporaryRedirect', class: 'misconfigured', reason: 'The bucket is reached at another endpoint.', remedy: 'Enter the endpoint of the bucket’s region.' },
  { code: 'AuthorizationHeaderMalformed', class: 'misconfigured', reason: 'The signature names another region than the bucket’s.', remedy: 'Correct the region.' },
  { code: 'RequestTimeTooSkewed', class: 'misconfigured', reason: 'The clock of the engine’s machine is more than 15 minutes off.', remedy: 'Set the clock.' },
  { code: 'NotImplemented', class: 'misconfigured', reason: 'The service does not do what was asked.', remedy: 'Use a service that takes If-None-Match on PUT.' },
  { code: 'KeyTooLongError', class: 'transformation', reason: 'The name of the object is too long.', remedy: 'Shorten the prefix or the name.' },
  { code: 'EntityTooLarge', class: 'transformation', reason: 'The object is too large.', remedy: 'Put fewer records into one.' },
  { code: 'BadDigest', class: 'api-failure', reason: 'What came through is not what was signed.', remedy: 'Look for a proxy that alters requests.' },
  { code: 'XAmzContentSHA256Mismatch', class: 'api-failure', reason: 'What came through is not what was signed.', remedy: 'Look for a proxy that alters requests.' },
  { code: 'QuotaExceeded', class: 'misconfigured', reason: 'The bucket is full.', remedy: 'Make room, or raise its quota.' },
]; // prettier-ignore
