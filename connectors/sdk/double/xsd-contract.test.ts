// The check of JSON against an XSD's names bites: each case is a document that differs in one thing from a good one.
import { describe, expect, it } from '@jest/globals';
import { xsdContract } from './xsd-contract.js';

const schema = `<?xml version="1.0"?>
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:simpleType name="id"><xs:restriction base="xs:string"/></xs:simpleType>
  <xs:simpleType name="Kind"><xs:restriction base="xs:string"><xs:enumeration value="Credit"/><xs:enumeration value="Debit"/></xs:restriction></xs:simpleType>
  <xs:complexType name="Ref"><xs:simpleContent><xs:extension base="id"><xs:attribute name="name" type="xs:string"/></xs:extension></xs:simpleContent></xs:complexType>
  <xs:complexType name="Base"><xs:sequence><xs:element name="Id" type="id"/></xs:sequence><xs:attribute name="sparse" type="xs:boolean"/></xs:complexType>
  <xs:complexType name="Line"><xs:choice><xs:element name="Amount" type="xs:decimal"/><xs:element name="Kind" type="Kind"/></xs:choice></xs:complexType>
  <xs:complexType name="Bill"><xs:complexContent><xs:extension base="Base"><xs:sequence>
    <xs:element name="Customer" type="Ref"/><xs:element name="Date" type="xs:date"/><xs:element name="Open" type="xs:boolean"/>
    <xs:element name="Line" type="Line" maxOccurs="unbounded"/>
  </xs:sequence></xs:extension></xs:complexContent></xs:complexType>
</xs:schema>`;
const check = xsdContract([schema]);
const good = {
  Id: '1',
  sparse: true,
  Customer: { value: '7', name: 'Ada' },
  Date: '2026-11-27',
  Open: false,
  Line: [{ Amount: 10.5 }, { Kind: 'Debit' }],
};

describe('a document', () => {
  it('that fits has no problem', () => expect(check('Bill', good)).toEqual([]));
  it.each([
    ['a field that is not known', { ...good, Currency: 'EUR' }, '/Currency is not known to Bill'],
    ['a field unknown in a line', { ...good, Line: [{ Amount: 1, Sum: 2 }] }, '/Line/0/Sum'],
    ['a list that is none', { ...good, Line: { Amount: 1 } }, '/Line must be a list'],
    ['an amount in text', { ...good, Line: [{ Amount: '1.00' }] }, '/Line/0/Amount must be a number'],
    ['another word of an enumeration', { ...good, Line: [{ Kind: 'debit' }] }, '/Line/0/Kind must be one of'],
    ['a reference that is text', { ...good, Customer: '7' }, '/Customer must be an object'],
    ['a reference without a value', { ...good, Customer: { name: 'Ada' } }, '/Customer/value'],
    ['a reference with a stranger', { ...good, Customer: { value: '7', id: '7' } }, '/Customer/id'],
    ['a date with a time', { ...good, Date: '2026-11-27T00:00:00Z' }, '/Date must be a date'],
    ['a truth in text', { ...good, Open: 'false' }, '/Open must be true or false'],
    ['an id that is a number', { ...good, Id: 1 }, '/Id must be text'],
  ])('with %s has one', (_, value, words) => expect(check('Bill', value).join()).toContain(words));
  it('of a type that is not there has one', () => expect(check('Invoice', good)).toEqual(['the schema knows no type Invoice']));
});
