/** Which addresses a manifest's entry lets through. */
import { isAllowedEgress } from './egress';

describe('isAllowedEgress', () => {
  it.each([
    ['https://api.example.com/x?y=1', 'https://api.example.com', true],
    ['https://api.example.com/x', 'api.example.com', true],
    ['https://api.example.com/x', '*.example.com', true],
    ['https://example.com/', '*.example.com', false],
    ['https://evilexample.com/', '*.example.com', false],
    ['https://api.example.com.evil.test/', 'api.example.com', false],
    ['https://api.example.com@evil.test/', 'api.example.com', false],
    ['http://api.example.com/', 'https://api.example.com', false],
    ['http://api.example.com/', 'api.example.com', false],
    ['http://127.0.0.1:9/', 'http://127.0.0.1:9', true],
    ['http://127.0.0.1:10/', 'http://127.0.0.1:9', false],
    ['nonsense', 'nonsense', false],
  ])('%s by %s: %s', (url, entry, allowed) => {
    expect(isAllowedEgress(url, [entry])).toBe(allowed);
    expect(isAllowedEgress(url, [])).toBe(false);
  });
});
