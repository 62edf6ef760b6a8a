import { inspect } from 'node:util';
import { takeCredentials } from './live-credentials';

const TOKEN = 'ATCTT-a-token_of=the.test';

it('an API token goes with its e-mail, as HTTP Basic', () => {
  const { authorization, isPersonal, origin } = takeCredentials({
    BITBUCKET_TOKEN: TOKEN,
    BITBUCKET_EMAIL: 'ann@example.com',
  });
  expect(authorization()).toBe(`Basic ${Buffer.from(`ann@example.com:${TOKEN}`).toString('base64')}`);
  expect(isPersonal).toBe(true);
  expect(origin).toBe('https://api.bitbucket.org');
});

it('an access token goes alone, as Bearer', () => {
  const { authorization, isPersonal } = takeCredentials({ BITBUCKET_TOKEN: TOKEN, BITBUCKET_EMAIL: '' });
  expect(authorization()).toBe(`Bearer ${TOKEN}`);
  expect(isPersonal).toBe(false);
});

it('the token is in the environment no more, and in no text that is made of the credentials', () => {
  const environment = { BITBUCKET_TOKEN: TOKEN, PATH: '/bin' };
  const credentials = takeCredentials(environment);
  expect(environment).toEqual({ PATH: '/bin' });
  for (const text of [JSON.stringify(credentials), inspect(credentials, { depth: 5 })]) {
    expect(text).not.toContain(TOKEN);
  }
});

it.each([
  ['no token', {}, /needs a token/],
  ['an empty one', { BITBUCKET_TOKEN: '' }, /needs a token/],
  ['one with a line break', { BITBUCKET_TOKEN: `${TOKEN}\n` }, /copy it again/],
  ['one with a sign of another script', { BITBUCKET_TOKEN: `${TOKEN}ü` }, /copy it again/],
])('%s is refused without being quoted', (_, environment, sentence) => {
  let message = '';
  try {
    takeCredentials(environment);
  } catch (error) {
    message = String(error);
  }
  expect(message).toMatch(sentence);
  expect(message).not.toContain(TOKEN);
});

it.each([
  'http://api.bitbucket.org/2.0',
  'http://127.0.0.1.example.com/2.0',
  'https://api.bitbucket.org',
  'https://api.bitbucket.org/1.0',
  'https://somebody@api.bitbucket.org/2.0',
  'ftp://127.0.0.1/2.0',
  'api.bitbucket.org/2.0',
])('the address %s is refused', (address) => {
  expect(() => takeCredentials({ BITBUCKET_TOKEN: TOKEN, BITBUCKET_API_URL: address })).toThrow(
    /write an address such as https/,
  );
});

it.each(['https://bitbucket.example.com/2.0', 'http://127.0.0.1:8080/2.0/', 'http://localhost:1/2.0'])(
  'the address %s is taken',
  (address) => {
    expect(takeCredentials({ BITBUCKET_TOKEN: TOKEN, BITBUCKET_API_URL: address }).origin).toBe(
      new URL(address).origin,
    );
  },
);
