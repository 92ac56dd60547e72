-- Numbers figures (#fig-x), tables (#tbl-x) and sections (#sec-x), turns @fig-x into links, and gathers where each figure
-- and table comes from into an appendix: from="the command or notebook cell", evidence="the page of the sentences behind it, or
-- the command that writes it"; a figure's numbers lie beside it (figures/x.csv for figures/x).
-- An unknown reference, an identifier used twice, a figure without identifier, origin or evidence, and a page or table that is not
-- there stop the build.

local NAMES = { fig = "Figure", tbl = "Table", sec = "Section" }
local labels = {} -- identifier -> "Figure 1"
local origins = {} -- in order of appearance: { id, label, from, evidence, numbers }

local function kind_of(id)
  local kind = id:match("^(%a+)%-")
  return NAMES[kind] and kind
end

local function give_label(id, label)
  if labels[id] then error("the identifier #" .. id .. " is used twice") end
  labels[id] = label
end

-- The first element that carries the origin: the figure or table, or the image in it.
local function take_origin(element)
  local took = {}
  local function take(attributes)
    for _, name in ipairs { "from", "evidence" } do
      took[name] = took[name] or attributes[name]
      attributes[name] = nil
    end
  end
  take(element.attributes)
  element = element:walk { Image = function(image)
    take(image.attributes)
    took.numbers = image.src:gsub("%.%w+$", "") .. ".csv"
    return image
  end }
  return element, took
end

local function need_file(id, path)
  local file = io.open(path)
  if not file then error("#" .. id .. ": there is no " .. path) end
  file:close()
end

local function is_blank(blocks) return pandoc.utils.stringify(blocks) == "" end

-- In the PDF a small mark in the margin leads to the entry; elsewhere the label is written before the caption, since
-- only Typst and LaTeX number figures by themselves.
local function mark(caption, id, from)
  local first = caption.long[1]
  if FORMAT == "typst" then
    if from then first.content:insert(pandoc.RawInline("typst", '#origin-mark("origin-' .. id .. '")')) end
  elseif FORMAT ~= "latex" then
    first.content:insert(1, pandoc.Str(labels[id] .. ". "))
  end
end

local function number_all(doc)
  local counts, sections = { fig = 0, tbl = 0 }, {}
  local function captioned(kind, element)
    local id = element.identifier
    if kind_of(id) ~= kind then
      error("a " .. NAMES[kind]:lower() .. " has no identifier {#" .. kind .. "-...}: " .. pandoc.utils.stringify(element.caption.long))
    end
    counts[kind] = counts[kind] + 1
    give_label(id, NAMES[kind] .. " " .. counts[kind])
    local took
    element, took = take_origin(element)
    if kind == "fig" then
      if not took.from then error("#" .. id .. ' does not say where it comes from; add from="..."') end
      if not took.evidence then error("#" .. id .. ' does not lead to its sentences; add evidence="..."') end
      need_file(id, took.numbers)
      if took.evidence:match("%.html$") then need_file(id, took.evidence) end
    end
    if took.from then
      took.id, took.label = id, labels[id]
      table.insert(origins, took)
    end
    mark(element.caption, id, took.from)
    return element, false
  end
  return doc:walk {
    traverse = "topdown",
    Header = function(header)
      if not header.classes:includes("unnumbered") then
        for level = header.level + 1, #sections do sections[level] = nil end
        for level = 1, header.level do sections[level] = sections[level] or 0 end
        sections[header.level] = sections[header.level] + 1
        if kind_of(header.identifier) == "sec" then
          give_label(header.identifier, "Section " .. table.concat(sections, "."))
        end
      end
    end,
    Figure = function(figure) return captioned("fig", figure) end,
    Table = function(tbl)
      if not is_blank(tbl.caption.long) then return captioned("tbl", tbl) end
    end,
  }
end

local function resolve(cite)
  local parts, crossed = pandoc.Inlines {}, 0
  for i, citation in ipairs(cite.citations) do
    if kind_of(citation.id) then
      if not labels[citation.id] then error("unknown cross-reference @" .. citation.id) end
      crossed = crossed + 1
      if i > 1 then parts:insert(pandoc.Str(", ")) end
      parts:insert(pandoc.Link(labels[citation.id], "#" .. citation.id))
    end
  end
  if crossed == 0 then return nil end
  if crossed < #cite.citations then error("one bracket mixes citations and cross-references: " .. pandoc.utils.stringify(cite)) end
  return parts
end

local function origin_list()
  local items = pandoc.List {}
  for _, o in ipairs(origins) do
    local line = pandoc.Inlines { pandoc.Link(o.label, "#" .. o.id), pandoc.Str(": drawn by "), pandoc.Code(o.from) }
    if o.numbers then line:extend { pandoc.Str("; numbers: "), pandoc.Link(o.numbers, o.numbers) } end
    if o.evidence then
      local is_page = o.evidence:match("%.html$")
      line:insert(pandoc.Str("; sentences: "))
      line:insert(is_page and pandoc.Link(o.evidence, o.evidence) or pandoc.Code(o.evidence))
    end
    items:insert { pandoc.Div({ pandoc.Plain(line) }, pandoc.Attr("origin-" .. o.id)) }
  end
  return pandoc.BulletList(items)
end

-- What the PDF carries along: the numbers of each figure, and the pages of sentences.
local function attachments()
  local files = pandoc.List {}
  for _, o in ipairs(origins) do
    if o.numbers then files:insert { path = pandoc.MetaString(o.numbers), kind = pandoc.MetaString("text/csv") } end
    if o.evidence and o.evidence:match("%.html$") then
      files:insert { path = pandoc.MetaString(o.evidence), kind = pandoc.MetaString("text/html") }
    end
  end
  return pandoc.MetaList(files)
end

function Pandoc(doc)
  doc = number_all(doc):walk { Cite = resolve }
  if #origins == 0 then return doc end
  if FORMAT == "typst" then
    -- The template sets the appendix after the references.
    doc.meta.origins = pandoc.MetaBlocks { origin_list() }
    doc.meta.attached = attachments()
  else
    doc.blocks:insert(pandoc.Header(1, "References", pandoc.Attr("references", { "unnumbered" })))
    doc.blocks:insert(pandoc.Div({}, pandoc.Attr("refs")))
    doc.blocks:insert(pandoc.Header(1, "Where each figure and table comes from", pandoc.Attr("origins", { "unnumbered" })))
    doc.blocks:insert(origin_list())
  end
  return doc
end
