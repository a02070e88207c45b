"""Small pieces of XML as documents have them, and a page."""

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"

PROPERTIES = (
    f'{HEAD}<cp:coreProperties xmlns:cp="{CORE}" xmlns:dc="http://purl.org/dc/elements/1.1/">'
    "<dc:title>Beds</dc:title><dc:creator>Ada O&apos;Neill</dc:creator>"
    "<cp:lastModifiedBy>Bo Blythe</cp:lastModifiedBy></cp:coreProperties>"
)
DOCUMENT = (
    f'{HEAD}<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>Seen by Ada Lo</w:t></w:r>'
    '<w:ins w:id="1" w:author="Bo Blythe"><w:r><w:t>velace</w:t></w:r></w:ins>'
    '<w:del w:id="2" w:author="Bo Blythe"><w:r><w:delText>gan</w:delText></w:r></w:del>'
    '<w:r><w:t> today</w:t></w:r><w:rPr><w:ins w:id="3"/></w:rPr></w:p></w:body></w:document>'
)
REMARKS = (
    f'{HEAD}<comments xmlns="{SHEET}"><authors><author>Ada Lovelace</author></authors><commentList>'
    '<comment ref="A1" authorId="0"><text><r><t>pass</t></r><r><t>word = x</t></r></text></comment>'
    "</commentList></comments>"
)
SHARED = f'{HEAD}<sst xmlns="{SHEET}"><si><r><t>Ada Lo</t></r><r><t>velace</t></r></si><si><t>next</t></si></sst>'
PIVOT = f'{HEAD}<pivotCacheDefinition xmlns="{SHEET}" refreshedBy="Ada Lovelace" recordCount="3"/>'
PERSONS = (
    f'{HEAD}<personList xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
    '<person displayName="Ada Lovelace" id="{1}" userId="ada"/></personList>'
)
META = (
    f'{HEAD}<office:document-meta xmlns:office="{OFFICE}"><office:meta><meta:initial-creator>Ada Lovelace'
    "</meta:initial-creator><dc:creator>Bo Blythe</dc:creator></office:meta></office:document-meta>"
)
PACKET = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF><dc:creator>\n <rdf:Seq>\n  <rdf:li>Ada Lovelace</rdf:li>\n'
    "  <rdf:li>Bo Blythe</rdf:li>\n </rdf:Seq></dc:creator></rdf:RDF></x:xmpmeta>"
)
PAGE = """<!DOCTYPE html>
<html><head><title>Ward &amp; beds</title><style>p { color: red }</style></head><body>
<p>Seen by <b>Ada</b> <i>Love</i>lace&nbsp;in caf&eacute; <span>pass</span><span>word</span> = &quot;x&lt;y&quot;</p>
<table class="t">
 <tr><th>nhs_number</th>
     <th>ward</th></tr>
 <tr><td>999 <b>000</b> 0001</td>
     <td>Ash &amp;
     Beech</td></tr>
</table>
<script type="application/json" data-for="htmlwidget-1">{"x":{"data":["say \\"Ada\\u0020L\\""]}}</script>
<script>if (a < b) { c() }</script>
</body></html>
"""
