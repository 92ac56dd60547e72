-- Numbers figures (#fig-x), tables (#tbl-x) and sections (#sec-x), turns @fig-x into links, and gathers where each figure
-- and table comes from (from="mediabias compare ..." or from="notebooks/04_compare.ipynb") into an appendix.
-- An unknown reference, an identifier used twice, and a figure without identifier or origin stop the build.

local NAMES = { fig = "Figure", tbl = "Table", sec = "Section" }
local labels = {} -- identifier -> "Figure 1"
local origins = {} -- in order of appearance: { id, label, from }

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
  local from = element.attributes.from
  element.attributes.from = nil
  element = element:walk { Image = function(image)
    from = from or image.attributes.from
    image.attributes.from = nil
    return image
  end }
  return element, from
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
    local from
    element, from = take_origin(element)
    if kind == "fig" and not from then error("#" .. id .. ' does not say where it comes from; add from="..."') end
    if from then table.insert(origins, { id = id, label = labels[id], from = from }) end
    mark(element.caption, id, from)
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
    local line = pandoc.Inlines { pandoc.Link(o.label, "#" .. o.id), pandoc.Str(": "), pandoc.Code(o.from) }
    items:insert { pandoc.Div({ pandoc.Plain(line) }, pandoc.Attr("origin-" .. o.id)) }
  end
  return pandoc.BulletList(items)
end

function Pandoc(doc)
  doc = number_all(doc):walk { Cite = resolve }
  if #origins == 0 then return doc end
  if FORMAT == "typst" then
    -- The template sets the appendix after the references.
    doc.meta.origins = pandoc.MetaBlocks { origin_list() }
  else
    doc.blocks:insert(pandoc.Div({}, pandoc.Attr("refs")))
    doc.blocks:insert(pandoc.Header(1, "Where each figure and table comes from", pandoc.Attr("origins", { "unnumbered" })))
    doc.blocks:insert(origin_list())
  end
  return doc
end
